using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>Puts compactions into an archive.</summary>
internal sealed class CompactionArchiver(IArchive archive)
{
    /// <summary>Has the originals packed in the background.</summary>
    public Task<IStagedOriginals> StageAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var staging = Task.Run(async () => await archive.StageAsync(MessagesOf(transcript), cancellationToken).ConfigureAwait(false), cancellationToken);
        // A compaction that changes nothing never asks how it went.
        _ = staging.ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return staging;
    }

    /// <summary>Archives a compaction; its receipt, with the session and the parent that the archive knows.</summary>
    public async ValueTask<CompactionReceipt> CommitAsync(PreparedCompaction prepared, CompactionResult result, CancellationToken cancellationToken)
    {
        var (request, transcript, staging) = prepared;
        var parent = await ParentAsync(transcript, cancellationToken).ConfigureAwait(false);
        var receipt = result.Receipt! with { Parent = parent?.Receipt.Id };
        receipt = receipt with { SessionId = request.SessionId ?? parent?.SessionId ?? receipt.Id };
        await archive.CommitAsync(
            new ArchivedCompaction
            {
                SessionId = receipt.SessionId,
                SessionName = request.SessionName,
                Receipt = receipt,
                Before = MessagesOf(transcript),
                After = [.. result.Outgoing.Select(message => After(message, transcript, request.Origin))],
                Staged = staging is null ? null : await staging.ConfigureAwait(false),
                Handles = HandlesOf(result, transcript),
                History = request.Origin?.History ?? transcript.Fingerprint,
                HistoryCount = request.Origin?.Count ?? transcript.Messages.Count,
                Document = request.Document,
            },
            cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    // Only a conversation with a summary in it, or with something shortened, went on from an earlier compaction: the newest prefix that is one's result.
    private async ValueTask<ArchivedReceipt?> ParentAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var prefixes = Enumerable.Range(1, transcript.Messages.Count).Select(transcript.PrefixFingerprint).ToList();
        return await archive.FindReceiptAsync(ReceiptKey.Result, prefixes, cancellationToken).ConfigureAwait(false);
    }

    private static List<ArchivedMessage> MessagesOf(Transcript transcript) =>
        [.. transcript.Messages.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message))];

    private static ArchivedOutgoing After(OutgoingMessage message, Transcript transcript, ConversationOrigin? origin) => new(
        ReceiptBuilder.FingerprintOf(message, transcript),
        ReceiptBuilder.IsSource(message, transcript) ? null : message.Message,
        message.SourceIndex,
        message.SourceIndex < 0 ? -1 : origin?.Indexes[message.SourceIndex] ?? message.SourceIndex,
        message.Replaces ?? []);

    private static List<ArchivedHandle> HandlesOf(CompactionResult result, Transcript transcript)
    {
        var handles = result.Plan!.Decisions
            .Where(decision => decision.Action != Planning.GroupAction.Keep)
            .Select(decision => transcript.Groups[decision.Group])
            .Select(group => new ArchivedHandle(group.Handle, group.MessageIndexes))
            .ToList();
        foreach (var message in result.Outgoing.Where(message => message.SourceIndex >= 0 && !ReceiptBuilder.IsSource(message, transcript)))
            handles.AddRange(ReceiptBuilder.CutContents(message, transcript).Select(cut => new ArchivedHandle(cut.Handle, [message.SourceIndex], cut.ContentIndex)));
        return handles;
    }
}
