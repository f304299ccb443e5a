using System.CommandLine;
using Strata.Archives;
using Strata.Cli.Archives;
using Strata.Cli.Clients;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Formats;

namespace Strata.Cli.Commands;

/// <summary><c>strata undo</c>: a session as it was before it was compacted.</summary>
internal sealed class UndoCommand
{
    public static readonly CommandFactory Entry = new(
        "undo", "Writes a session as it was before its compaction, with the turns that came since.",
        Create, "SESSION|FILE");

    private readonly Terminal _terminal;

    private readonly Argument<string> _what = new("SESSION|FILE")
    {
        Description = "A compacted file (- reads standard input), or a session's id or name."
    };

    private readonly Option<string> _to = new("--to")
    {
        Description = "Also undoes what came before, down to this receipt. Default: the last compaction only.",
        HelpName = "RECEIPT"
    };

    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "Where to write; - is standard output. Default: NAME.restored.EXT.",
        HelpName = "OUT",
    };

    private readonly Option<bool> _overwrite = new("--overwrite") { Description = "Replaces OUT where it exists." };

    private readonly InPlaceOption _inPlace = new();

    private readonly Option<bool> _force = new("--force") { Description = "With --in-place: though a program works on the session." };

    private readonly Option<string> _format = KnownNames.Option(
        "--format", "format", () => SessionFormats.All.Select(format => format.Name),
        "The file's format. Default: recognized from its content.");

    private readonly ArchiveOptions _archive = new();

    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private UndoCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var undo = new UndoCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata undo session.compacted.jsonl     # writes session.restored.jsonl",
                "strata undo session.jsonl --in-place       # what compact --in-place replaced",
                "strata undo session.compacted.jsonl -o again.jsonl --to 7jq2n4k1m0zb",
                "strata undo 62f746b4-84e6-4ceb-95bd-447e7184d454  # from the archive alone",
            ],
        };
        command.Add(undo._what);
        command.Add(undo._to);
        command.Add(undo._output);
        command.Add(undo._overwrite);
        undo._inPlace.AddTo(command, undo._output);
        command.Add(undo._force);
        command.Add(undo._format);
        undo._archive.AddTo(command);
        command.Add(undo._json);
        command.SetAction(undo.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var what = result.GetRequiredValue(_what);
        var isInPlace = _inPlace.IsSet(result, what);
        var isFile = what == SessionFile.Standard || File.Exists(what);
        _archive.Choose(result, _terminal).MustNotBe(isFile && what != SessionFile.Standard ? what : null, isWritten: false);
        var file = isFile
            ? await SessionFile.ReadAsync(what, result.GetValue(_format), _terminal, keepBytes: true, cancellationToken)
                .ConfigureAwait(false)
            : null;
        var replaced = isInPlace ? new ReplacedSession(file!, _terminal.Time, result.GetValue(_force)) : null;
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var restorer = new SessionRestorer(archive);
        var to = result.GetValue(_to);
        var restored = file is not null
            ? await RestoreAsync(restorer, file, place, to, cancellationToken).ConfigureAwait(false)
            : await restorer.RestoreAsync(await LastAsync(archive, place, what, to, cancellationToken).ConfigureAwait(false), to,
                cancellationToken).ConfigureAwait(false);

        var destination = isInPlace ? Destination.InPlaceOf(what) : Choose(result, file, restored.File);
        place.MustNotBe(destination.FilePath, isWritten: true);
        var bytes = await destination.WriteAsync(
            _terminal, stream => stream.WriteAsync(restored.File.Bytes!.Value, cancellationToken).AsTask(), CheckAsync, cancellationToken)
            .ConfigureAwait(false);
        replaced?.Finish();
        await MarkAsync(archive, restored, cancellationToken).ConfigureAwait(false);
        var report = Report(what, place, restored, destination, bytes) with { Notes = replaced?.Notes ?? [] };
        Show(report, result.GetValue(_json), destination.IsStandardOutput);
        return ExitCodes.Done;

        Task CheckAsync()
        {
            replaced?.MustBeAsRead();
            return Task.CompletedTask;
        }
    }

    private Destination Choose(ParseResult result, SessionFile? file, SessionFile restored) => Destination.Choose(
        file?.Path,
        result.GetValue(_output) ?? (file is { Path: null } ? SessionFile.Standard : DefaultName(file?.Path, restored)),
        result.GetValue(_overwrite));

    private async ValueTask MarkAsync(IArchive archive, RestoredSession restored, CancellationToken cancellationToken)
    {
        try
        {
            await archive.MarkUndoneAsync([.. restored.Undone.Select(receipt => receipt.Receipt.Id)], _terminal.Time.GetUtcNow(),
                cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveException e) when (e.Fault == ArchiveFault.ReadOnly)
        {
            // The session is restored all the same; that it was is only not noted.
        }
    }

    private static async ValueTask<RestoredSession> RestoreAsync(
        SessionRestorer restorer, SessionFile file, ArchivePlace place, string? to, CancellationToken cancellationToken)
    {
        if (await restorer.FindAsync(file, cancellationToken).ConfigureAwait(false) is { } last)
            return await restorer.RestoreAsync(file, last, to, cancellationToken).ConfigureAwait(false);
        return await restorer.ExpandAsync(file, to, cancellationToken).ConfigureAwait(false) ?? throw new CliException(
            $"{file.Name} holds nothing that a compaction in the archive {place.Name} left: it was never compacted, or with another "
                + $"archive. 'strata sessions{place.Hint}' lists what can be undone without a file.",
            ExitCodes.Failed);
    }

    private static async ValueTask<ArchivedReceipt> LastAsync(
        IArchive archive, ArchivePlace place, string what, string? to, CancellationToken cancellationToken)
    {
        ArchivedSession session;
        try
        {
            session = await SessionFinder.FindAsync(archive, place, what, cancellationToken).ConfigureAwait(false);
        }
        catch (CliException e) when (e.ExitCode == ExitCodes.Failed)
        {
            throw new CliException($"there is no file '{what}', and {e.Message}", ExitCodes.Failed, e);
        }

        var receipts = await archive.ListReceiptsAsync(session.Id, int.MaxValue, cancellationToken).ConfigureAwait(false);
        return receipts.FirstOrDefault(receipt => to is not null || receipt.UndoneAt is null) ?? throw new CliException(
            receipts.Count == 0
                ? $"the session '{session.Id}' was never compacted."
                : $"every compaction of the session '{session.Id}' was undone already; --to {receipts[0].Receipt.Id} writes what was "
                    + "before the last one again.",
            ExitCodes.Failed);
    }

    private static string DefaultName(string? compacted, SessionFile restored)
    {
        var name = Path.GetFileNameWithoutExtension(compacted ?? Path.GetFileName(restored.Name));
        var extension = Path.GetExtension(compacted ?? restored.Name);
        name = name.EndsWith(".compacted", StringComparison.Ordinal) ? name[..^".compacted".Length] : name;
        return Path.Combine(Path.GetDirectoryName(compacted) ?? "", $"{name}.restored{(extension.Length > 0 ? extension : ".json")}");
    }

    private static UndoReport Report(string what, ArchivePlace place, RestoredSession restored, Destination destination, long? bytes) =>
        new()
        {
            Of = what == SessionFile.Standard ? "standard input" : what,
            Archive = place.Name,
            Session = restored.Undone[0].SessionId,
            Format = restored.File.Format.Name,
            Output = destination.Name,
            OutputBytes = bytes,
            Undone = [.. restored.Undone.Select(receipt => new UndoneRow(
                receipt.Receipt.Id, receipt.Receipt.At, receipt.Receipt.Strategy, receipt.Receipt.TokensBefore,
                receipt.Receipt.TokensAfter))],
            Messages = restored.File.Document.Messages.Count,
            MessagesSince = restored.Since,
            Exact = restored.IsExact,
            WasEdited = restored.WasEdited,
            ReasoningLeftOut = restored.SignedSince,
            SecretsRedacted = restored.Secrets,
        };

    // Where the session itself goes to standard output, nothing else may.
    private void Show(UndoReport report, bool json, bool sessionOnOutput)
    {
        if (json)
        {
            JsonReport.Write(sessionOnOutput ? _terminal.Error : _terminal.Text, report, JsonReport.Readable.UndoReport);
            return;
        }

        using var screen = sessionOnOutput ? Screen.Error(_terminal) : Screen.Output(_terminal);
        UndoText.Write(screen, report, _terminal.Time.LocalTimeZone);
    }
}
