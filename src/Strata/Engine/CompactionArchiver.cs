using Strata.Archives;
using Strata.Archives.Recalling;
using Strata.Transcripts;

namespace Strata;

/// <summary>Puts compactions into an archive.</summary>
internal sealed class CompactionArchiver(IArchive archive)
{
    // A summary names its own range first; more of them are seldom left by the newest compaction.
    private const int MostHandles = 64;

    /// <summary>Has the originals packed in the background.</summary>
    public Task<IStagedOriginals> StageAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var staging = Task.Run(
            async () => await archive.StageAsync(MessagesOf(transcript), cancellationToken).ConfigureAwait(false), cancellationToken);
        // A compaction that changes nothing never asks how it went.
        _ = staging.ContinueWith(
            static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return staging;
    }

    /// <summary>Archives a compaction; its receipt, with the session and the parent that the archive knows.</summary>
    /// <exception cref="ArchiveException">Nothing was kept.</exception>
    public async ValueTask<CompactionReceipt> CommitAsync(
        PreparedCompaction prepared, CompactionResult result, CancellationToken cancellationToken)
    {
        try
        {
            return await KeepAsync(prepared, result, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (ArchiveException or ArgumentException) && !cancellationToken.IsCancellationRequested)
        {
            throw new ArchiveException(
                $"The archive did not take the originals: {e.Message} The conversation was left as it was.", ArchiveFault.Failed, e);
        }
    }

    private async ValueTask<CompactionReceipt> KeepAsync(
        PreparedCompaction prepared, CompactionResult result, CancellationToken cancellationToken)
    {
        var (request, transcript, staging) = prepared;
        var parent = await ParentAsync(transcript, cancellationToken).ConfigureAwait(false);
        var receipt = result.Receipt! with { Parent = parent?.Receipt.Id };
        receipt = receipt with
        {
            SessionId = request.SessionId
                ?? (parent ?? await SameConversationAsync(transcript, cancellationToken).ConfigureAwait(false))?.SessionId ?? receipt.Id,
        };
        await archive.CommitAsync(
            new ArchivedCompaction
            {
                SessionId = receipt.SessionId,
                SessionName = request.SessionName,
                Receipt = receipt,
                Before = MessagesOf(transcript),
                After = [.. result.Outgoing.Select(message => After(message, transcript, request.Origin))],
                Staged = await StagedAsync(staging, cancellationToken).ConfigureAwait(false),
                Handles = HandleBook.Of(result, transcript),
                History = request.Origin?.History ?? transcript.Fingerprint,
                HistoryCount = request.Origin?.Count ?? transcript.Messages.Count,
                Ledger = LedgerRecords.Of(result.Outgoing),
                Document = request.Document,
            },
            cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    // Staging only saves time: what it did not do, the commit does, or says why it cannot.
    private static async ValueTask<IStagedOriginals?> StagedAsync(Task<IStagedOriginals>? staging, CancellationToken cancellationToken)
    {
        try
        {
            return staging is null ? null : await staging.ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // The newest prefix that is a compaction's result. Most results hold a message that shows by its text what it is, and prefixes without
    // it need not be asked for; one that only left out signed reasoning holds none.
    private async ValueTask<ArchivedReceipt?> ParentAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var first = transcript.Messages.TakeWhile(message => !MadeMessages.LooksMade(message)).Count();
        var isMade = first < transcript.Messages.Count;
        var prefixes =
            Enumerable.Range(1, transcript.Messages.Count).Skip(isMade ? first : 0).Select(transcript.PrefixFingerprint).ToList();
        return await archive.FindReceiptAsync(ReceiptKey.Result, prefixes, cancellationToken).ConfigureAwait(false)
            ?? (isMade ? await UndoneParentAsync(transcript, cancellationToken).ConfigureAwait(false) : null);
    }

    // A copy of a compacted conversation may go on after the compaction was undone elsewhere: what it names is still to be found.
    private async ValueTask<ArchivedReceipt?> UndoneParentAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        ArchivedReceipt? longest = null;
        foreach (var handle in transcript.Messages.Where(MadeMessages.LooksMade).SelectMany(NamedHandles.In).Distinct().Take(MostHandles))
        {
            foreach (var place in await archive.FindHandleAsync(handle, cancellationToken).ConfigureAwait(false))
            {
                if (seen.Add(place.ReceiptId)
                    && await archive.FindReceiptAsync(place.ReceiptId, cancellationToken).ConfigureAwait(false) is { } receipt
                    && receipt.After.Count > (longest?.After.Count ?? 0) && receipt.After.Count <= transcript.Messages.Count
                    && transcript.PrefixFingerprint(receipt.After.Count) == receipt.Receipt.Result)
                    longest = receipt;
            }
        }

        return longest;
    }

    // Who keeps the whole conversation, and has it compacted anew each time, goes on from what was compacted before.
    private async ValueTask<ArchivedReceipt?> SameConversationAsync(Transcript transcript, CancellationToken cancellationToken)
    {
        var prefixes = Enumerable.Range(1, transcript.Messages.Count).Select(transcript.PrefixFingerprint).ToList();
        return await archive.FindReceiptAsync(ReceiptKey.Source, prefixes, cancellationToken).ConfigureAwait(false);
    }

    private static List<ArchivedMessage> MessagesOf(Transcript transcript) =>
        [.. transcript.Messages.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message))];

    private static ArchivedOutgoing After(OutgoingMessage message, Transcript transcript, ConversationOrigin? origin) => new(
        ReceiptBuilder.FingerprintOf(message, transcript),
        ReceiptBuilder.IsSource(message, transcript) ? null : message.Message,
        message.SourceIndex,
        message.SourceIndex < 0 ? -1 : origin?.Indexes[message.SourceIndex] ?? message.SourceIndex,
        message.Replaces ?? []);
}
