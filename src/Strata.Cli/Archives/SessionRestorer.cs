using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Cli.Files;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Cli.Archives;

/// <summary>Takes compactions back: what a session file was before them, with what came since.</summary>
internal sealed class SessionRestorer(IArchive archive)
{
    public const string DefaultFormat = "openai-chat";

    /// <summary>The newest compaction that a session went on from; null when the archive knows none.</summary>
    public async ValueTask<ArchivedReceipt?> FindAsync(SessionFile file, CancellationToken cancellationToken)
    {
        var transcript = Transcript.Create(file.Document.Messages);
        var prefixes = Enumerable.Range(1, transcript.Messages.Count).Select(transcript.PrefixFingerprint).ToList();
        if (await archive.FindReceiptAsync(ReceiptKey.Result, prefixes, cancellationToken).ConfigureAwait(false) is { } found)
            return found;

        // What was undone once is undone again for whoever lost the file that came of it.
        var results = prefixes.ToHashSet();
        return (await archive.ListReceiptsAsync(limit: int.MaxValue, cancellationToken: cancellationToken).ConfigureAwait(false))
            .Where(receipt => results.Contains(receipt.Receipt.Result)).MaxBy(receipt => receipt.After.Count);
    }

    /// <summary>
    /// Takes back the compactions of <paramref name="file"/> from <paramref name="newest"/> to the one named <paramref name="to"/>.
    /// </summary>
    /// <param name="file">The compacted session, with its bytes.</param>
    /// <param name="newest">The compaction whose result it begins with.</param>
    /// <param name="to">Null: the newest only.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask<RestoredSession> RestoreAsync(
        SessionFile file, ArchivedReceipt newest, string? to, CancellationToken cancellationToken)
    {
        var (before, isDocument) = await BeforeAsync(file, newest, cancellationToken).ConfigureAwait(false);
        var since = Math.Max(0, file.Document.Messages.Count - newest.After.Count);
        return await GoOnAsync(new RestoredSession(before, [newest], since, isDocument), to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Expands in its place what still stands of a compaction whose result was changed since, or was written in a format that says less.
    /// </summary>
    /// <returns>Null when nothing that a compaction made is in it.</returns>
    public async ValueTask<RestoredSession?> ExpandAsync(SessionFile file, string? to, CancellationToken cancellationToken)
    {
        UndoneConversation undone;
        try
        {
            undone = await ArchiveUndo.FindAsync(archive, file.Document.Messages, to, cancellationToken).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            return null;
        }

        var receipts = new List<ArchivedReceipt>();
        foreach (var id in undone.ReceiptIds)
        {
            if (await archive.FindReceiptAsync(id, cancellationToken).ConfigureAwait(false) is { } receipt)
                receipts.Add(receipt);
        }

        if (receipts.Count == 0)
            return null;
        var bytes = await WriteAsync(file.Format, file.Document, undone.Outgoing, cancellationToken).ConfigureAwait(false);
        var expanded = await SessionFile.ReadAsync(file.Name, file.Format, bytes, cancellationToken).ConfigureAwait(false);
        return await ReasoningSince.LeaveOutAsync(
            new RestoredSession(expanded, receipts, Since: 0, IsDocument: false) { Secrets = undone.SecretsRedacted, WasEdited = true },
            before: 0, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes back compactions of a session of which nothing but the archive is at hand.</summary>
    public async ValueTask<RestoredSession> RestoreAsync(ArchivedReceipt newest, string? to, CancellationToken cancellationToken)
    {
        var document = await DocumentAsync(newest, cancellationToken).ConfigureAwait(false);
        var before = document ?? await WriteAsync(
            newest.SessionId, SessionFormats.Find(DefaultFormat)!, await MessagesAsync(newest, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return await GoOnAsync(new RestoredSession(before, [newest], 0, document is not null), to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The session with every compaction taken back.</summary>
    public async ValueTask<RestoredSession> RestoreAllAsync(ArchivedReceipt newest, CancellationToken cancellationToken)
    {
        var restored = await RestoreAsync(newest, to: null, cancellationToken).ConfigureAwait(false);
        while (restored.Undone[^1].Receipt.Parent is not null)
            restored = await StepAsync(restored, cancellationToken).ConfigureAwait(false);
        return restored;
    }

    /// <summary>Messages as a file of a format.</summary>
    public static async ValueTask<SessionFile> WriteAsync(
        string name, ISessionFormat format, IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var document = new ArchivedConversation(messages);
        var bytes = await WriteAsync(format, document, messages.Select((message, i) => new OutgoingMessage(message, i)), cancellationToken)
            .ConfigureAwait(false);
        return new SessionFile(name, Path: null, format, document) { Bytes = bytes };
    }

    private async ValueTask<RestoredSession> GoOnAsync(RestoredSession restored, string? to, CancellationToken cancellationToken)
    {
        while (to is not null && restored.Undone[^1].Receipt.Id != to)
        {
            if (restored.Undone[^1].Receipt.Parent is null)
                throw new CliException($"--to {to}: the session was not compacted by it. Its compactions, newest first: "
                    + $"{string.Join(", ", restored.Undone.Select(receipt => receipt.Receipt.Id))}.", ExitCodes.Failed);
            restored = await StepAsync(restored, cancellationToken).ConfigureAwait(false);
        }

        return await ReasoningSince.LeaveOutAsync(restored, restored.Undone[^1].Before.Count, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<RestoredSession> StepAsync(RestoredSession restored, CancellationToken cancellationToken)
    {
        var parent = restored.Undone[^1].Receipt.Parent!;
        var receipt = await archive.FindReceiptAsync(parent, cancellationToken).ConfigureAwait(false)
            ?? throw new CliException(
                $"the receipt {parent} is not in the archive any more: what came before it cannot be restored.", ExitCodes.Failed);
        var (before, isDocument) = await BeforeAsync(restored.File, receipt, cancellationToken).ConfigureAwait(false);
        return restored with
        {
            File = before,
            Undone = [.. restored.Undone, receipt],
            IsDocument = isDocument,
            Secrets = receipt.SecretsRedacted
        };
    }

    private async ValueTask<(SessionFile File, bool IsDocument)> BeforeAsync(
        SessionFile file, ArchivedReceipt receipt, CancellationToken cancellationToken)
    {
        var since = file.Document.Messages.Skip(receipt.After.Count).ToList();
        if (await DocumentAsync(receipt, cancellationToken).ConfigureAwait(false) is not { } original)
            return (await FromMessagesAsync(file, receipt, since, cancellationToken).ConfigureAwait(false), false);
        if (original.Format.Name == file.Format.Name && AppendedLines.AreIn(original))
        {
            var joined = AppendedLines.Join(original, file, receipt.After.Count);
            if (joined.Length == original.Bytes!.Value.Length && since.Count == 0)
                return (original, true);
            var read = await SessionFile.ReadAsync(original.Name, original.Format, joined, cancellationToken).ConfigureAwait(false);
            if (read.Document.Messages.Count == original.Document.Messages.Count + since.Count)
                return (read, false);
        }

        if (since.Count == 0)
            return (original, true);
        var messages = original.Document.Messages.Select((message, i) => new OutgoingMessage(message, i))
            .Concat(since.Select(message => new OutgoingMessage(message, -1)));
        var bytes = await WriteAsync(original.Format, original.Document, messages, cancellationToken).ConfigureAwait(false);
        return (await SessionFile.ReadAsync(original.Name, original.Format, bytes, cancellationToken).ConfigureAwait(false), false);
    }

    // No file was archived: messages that the compaction left alone are in this one, the others come from the archive.
    private async ValueTask<SessionFile> FromMessagesAsync(
        SessionFile file, ArchivedReceipt receipt, List<ChatMessage> since, CancellationToken cancellationToken)
    {
        var originals = await MessagesAsync(receipt, cancellationToken).ConfigureAwait(false);
        var places = new Dictionary<int, int>();
        for (var i = 0; i < receipt.After.Count; i++)
        {
            if (receipt.After[i].SourceIndex is >= 0 and var source && receipt.After[i].Fingerprint == receipt.Before[source])
                places[source] = i;
        }

        var messages = originals.Select((message, i) => places.TryGetValue(i, out var place)
            ? new OutgoingMessage(file.Document.Messages[place], place)
            : new OutgoingMessage(message, -1)).Concat(since.Select((message, i) => new OutgoingMessage(message, receipt.After.Count + i)));
        var bytes = await WriteAsync(file.Format, file.Document, messages, cancellationToken).ConfigureAwait(false);
        return await SessionFile.ReadAsync(file.Name, file.Format, bytes, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<List<ChatMessage>> MessagesAsync(ArchivedReceipt receipt, CancellationToken cancellationToken)
    {
        var originals = await archive.ReadAsync(receipt.Before, cancellationToken).ConfigureAwait(false);
        var missing = originals.Count(original => original is null);
        return missing == 0
            ? [.. originals.Select(original => original!.Message)]
            : throw new CliException($"{Output.Numbers.Of(missing, "original")} of the receipt {receipt.Receipt.Id} "
                + $"{(missing == 1 ? "is" : "are")} not in the archive. 'strata doctor' tells more.", ExitCodes.Failed);
    }

    private async ValueTask<SessionFile?> DocumentAsync(ArchivedReceipt receipt, CancellationToken cancellationToken)
    {
        if (await archive.ReadDocumentAsync(receipt.Receipt.Id, cancellationToken).ConfigureAwait(false) is not { } document)
            return null;
        var format = SessionFormats.Find(document.Format)
            ?? throw new CliException($"the archived file is in the format {document.Format}, which this version does not know. A newer "
                + "version of strata reads it.", ExitCodes.Failed);
        return await SessionFile.ReadAsync(document.Name ?? receipt.SessionId, format, document.Bytes, cancellationToken)
            .ConfigureAwait(false);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> WriteAsync(
        ISessionFormat format, SessionDocument document, IEnumerable<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        using var written = new MemoryStream();
        await format.WriteAsync(document, [.. messages], written, cancellationToken).ConfigureAwait(false);
        return written.ToArray();
    }
}
