using System.CommandLine;
using Strata.Archives;
using Strata.Cli.Archives;
using Strata.Cli.Output;
using Strata.Cli.Reports;

namespace Strata.Cli.Commands;

/// <summary><c>strata search</c>: originals that hold words.</summary>
internal sealed class SearchCommand
{
    public static readonly CommandFactory Entry = new(
        "search", "Finds originals in an archive by words, and names each by its handle.",
        Create, "WORDS");

    private readonly Terminal _terminal;

    private readonly Argument<string[]> _words = new("WORDS")
    {
        Description = "Words, file names, identifiers, in any language.",
        Arity = ArgumentArity.OneOrMore
    };

    private readonly Option<string> _session = new("--session")
    {
        Description = "Only in this session: its id or name.",
        HelpName = "SESSION"
    };

    private readonly Option<int> _limit = Limits.Option(20, "originals");

    private readonly ArchiveOptions _archive = new();

    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private SearchCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var search = new SearchCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata search disk quota exceeded",
                "strata search forecast.py --session session.jsonl --limit 5",
                "strata search 'connection refused' --json | jq -r '.hits[].handle'",
            ],
        };
        command.Add(search._words);
        command.Add(search._session);
        command.Add(search._limit);
        search._archive.AddTo(command);
        command.Add(search._json);
        command.SetAction(search.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var words = string.Join(' ', result.GetRequiredValue(_words)).Trim();
        if (words.Length == 0)
            throw new CliException("give words to look for.");
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var session = result.GetValue(_session) is { } typed
            ? await SessionFinder.FindAsync(archive, place, typed, cancellationToken).ConfigureAwait(false)
            : null;
        var hits = await archive.SearchAsync(new SearchQuery { Words = words, SessionId = session?.Id, Limit = result.GetValue(_limit) },
            cancellationToken).ConfigureAwait(false);
        var names = await SessionFinder.NamesAsync(archive, hits.Select(hit => hit.SessionId), cancellationToken).ConfigureAwait(false);
        var report = new SearchReport(
            words, place.Name,
            [.. hits.Select(hit =>
                new SearchRow(hit.Handle.ToString(), hit.SessionId, names[hit.SessionId], hit.Role.Value, hit.At, hit.Excerpt))]);
        if (result.GetValue(_json))
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.SearchReport);
        else
            Show(report);
        return ExitCodes.Done;
    }

    private void Show(SearchReport report)
    {
        if (report.Hits.Count == 0)
        {
            _terminal.Error.WriteLine("strata: nothing that was archived holds these words.");
            return;
        }

        using var screen = Screen.Output(_terminal);
        HitsText.Write(screen, report, _terminal.Time.LocalTimeZone);
    }
}
