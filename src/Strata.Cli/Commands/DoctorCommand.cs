using System.CommandLine;
using Strata.Cli.Output;
using Strata.Cli.Reports;

namespace Strata.Cli.Commands;

/// <summary><c>strata doctor</c>: whether an archive is whole.</summary>
internal sealed class DoctorCommand
{
    public static readonly CommandFactory Entry = new(
        "doctor", "Reads all of an archive and says whether something is wrong in it.",
        Create);

    private readonly Terminal _terminal;
    private readonly ArchiveOptions _archive = new();
    private readonly Option<bool> _repair = new("--repair") { Description = "Mends what can be mended without losing an original." };
    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private DoctorCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var doctor = new DoctorCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples = ["strata doctor", "strata doctor --repair", "strata doctor --archive postgres://ada@db/strata --json"],
        };
        doctor._archive.AddTo(command);
        command.Add(doctor._repair);
        command.Add(doctor._json);
        command.SetAction(doctor.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var maintenance = ArchiveOptions.Maintenance(archive, place);
        var findings = await maintenance.CheckAsync(result.GetValue(_repair), cancellationToken).ConfigureAwait(false);
        var totals = await maintenance.GetTotalsAsync(cancellationToken).ConfigureAwait(false);
        var report = DoctorReport.Of(place.Name, totals, findings);
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.DoctorReport);
        }
        else
        {
            using var screen = Screen.Output(_terminal);
            DoctorText.Write(screen, report);
        }

        return report.Lost ? ExitCodes.Failed : ExitCodes.Done;
    }
}
