using System.CommandLine;
using Strata.Archives;
using Strata.Cli.Output;
using Strata.Cli.Reports;

namespace Strata.Cli.Commands;

/// <summary><c>strata prune</c>: removes what an operator no longer wants to keep.</summary>
internal sealed class PruneCommand
{
    public static readonly CommandFactory Entry = new("prune", "Removes whole sessions from an archive, for ever, by age or size.", Create);

    private readonly Terminal _terminal;

    private readonly Option<TimeSpan?> _maxAge = new("--max-age")
    {
        Description = "Removes sessions that were not used for longer, such as 90d, 8w or 12h.",
        HelpName = "AGE",
        CustomParser = Limits.ParseAge,
    };

    private readonly Option<long?> _maxSize = new("--max-size")
    {
        Description = "Removes the longest unused sessions until the archive has at most this size, such as 2GB.",
        HelpName = "SIZE",
        CustomParser = Limits.ParseSize,
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Says what would be removed and removes nothing." };
    private readonly ArchiveOptions _archive = new();
    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private PruneCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var prune = new PruneCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples = ["strata prune --max-age 90d --dry-run", "strata prune --max-age 90d --max-size 2GB"],
        };
        command.Add(prune._maxAge);
        command.Add(prune._maxSize);
        command.Add(prune._dryRun);
        prune._archive.AddTo(command);
        command.Add(prune._json);
        command.SetAction(prune.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var policy = new RetentionPolicy
        {
            MaxAge = result.GetValue(_maxAge),
            MaxBytes = result.GetValue(_maxSize),
            DryRun = result.GetValue(_dryRun)
        };
        if (policy is { MaxAge: null, MaxBytes: null })
            throw new CliException("nothing is removed unasked: give --max-age, --max-size or both.");
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var removed = await ArchiveOptions.Maintenance(archive, place).PruneAsync(policy, cancellationToken).ConfigureAwait(false);
        var report = new PruneReport(place.Name, policy.DryRun, removed.Sessions, removed.Originals, removed.BytesFreed);
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.PruneReport);
        }
        else
        {
            using var screen = Screen.Output(_terminal);
            foreach (var session in report.Sessions)
                screen.Whole(Screen.Escape(session));
            screen.Line(Screen.Escape(
                $"{(report.DryRun ? "Would remove" : "Removed")} {Numbers.Of(report.Sessions.Count, "session")} and "
                    + $"{Numbers.Of(report.Originals, "original")}: {Numbers.Bytes(report.BytesFreed)} on disk."));
        }

        return ExitCodes.Done;
    }
}
