using System.CommandLine;
using Strata.Cli.Archives;
using Strata.Cli.Output;
using Strata.Cli.Reports;

namespace Strata.Cli.Commands;

/// <summary><c>strata receipts</c>: the compactions of an archive.</summary>
internal sealed class ReceiptsCommand
{
    public static readonly CommandFactory Entry = new(
        "receipts", "Lists compactions, newest first: what each cut, who wrote, what it took.",
        Create, "SESSION");

    private readonly Terminal _terminal;

    private readonly Argument<string?> _session = new("SESSION")
    {
        Description = "A session's id or name. Default: all sessions.",
        Arity = ArgumentArity.ZeroOrOne
    };

    private readonly Option<int> _limit = Limits.Option(100, "receipts");
    private readonly ArchiveOptions _archive = new();
    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private ReceiptsCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var receipts = new ReceiptsCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata receipts",
                "strata receipts session.jsonl --json | jq -r '.receipts[0].cuts[].handle'",
            ],
        };
        command.Add(receipts._session);
        command.Add(receipts._limit);
        receipts._archive.AddTo(command);
        command.Add(receipts._json);
        command.SetAction(receipts.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var session = result.GetValue(_session) is { } typed
            ? await SessionFinder.FindAsync(archive, place, typed, cancellationToken).ConfigureAwait(false)
            : null;
        var receipts = await archive.ListReceiptsAsync(session?.Id, result.GetValue(_limit), cancellationToken).ConfigureAwait(false);
        var names =
            await SessionFinder.NamesAsync(archive, receipts.Select(receipt => receipt.SessionId), cancellationToken).ConfigureAwait(false);
        var report = new ReceiptsReport(place.Name, [.. receipts.Select(receipt => ReceiptRow.Of(receipt, names[receipt.SessionId]))]);
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.ReceiptsReport);
        }
        else if (receipts.Count == 0)
        {
            _terminal.Error.WriteLine(session is null ? $"strata: the archive {place.Name} holds no receipt."
                : $"strata: the session '{session.Id}' was never compacted.");
        }
        else
        {
            using var screen = Screen.Output(_terminal);
            ReceiptsText.Write(screen, report, _terminal.Time.LocalTimeZone);
        }

        return ExitCodes.Done;
    }
}
