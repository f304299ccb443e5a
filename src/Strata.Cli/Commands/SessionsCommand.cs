using System.CommandLine;
using Strata.Cli.Output;
using Strata.Cli.Reports;

namespace Strata.Cli.Commands;

/// <summary><c>strata sessions</c>: what an archive holds.</summary>
internal sealed class SessionsCommand
{
    public static readonly CommandFactory Entry = new("sessions", "Lists the sessions of an archive, the last used first.", Create);

    private readonly Terminal _terminal;
    private readonly ArchiveOptions _archive = new();
    private readonly Option<int> _limit = Limits.Option(100, "sessions");
    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private SessionsCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var sessions = new SessionsCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples = ["strata sessions", "strata sessions --json | jq -r '.sessions[].session'"],
        };
        sessions._archive.AddTo(command);
        command.Add(sessions._limit);
        command.Add(sessions._json);
        command.SetAction(sessions.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var sessions = await archive.ListSessionsAsync(result.GetValue(_limit), cancellationToken).ConfigureAwait(false);
        var report = new SessionsReport(place.Name, [.. sessions.Select(SessionRow.Of)]);
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.SessionsReport);
        }
        else if (sessions.Count == 0)
        {
            _terminal.Error.WriteLine($"strata: the archive {place.Name} holds no session.");
        }
        else
        {
            using var screen = Screen.Output(_terminal);
            SessionsText.Write(screen, report, _terminal.Time.LocalTimeZone);
        }

        return ExitCodes.Done;
    }
}
