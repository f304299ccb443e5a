using Strata.Archives.Recalling;
using Strata.Transcripts;

namespace Strata.Archives.Undoing;

/// <summary>Recognizes a compaction's result of which parts were removed, moved or changed.</summary>
internal static class EditedResult
{
    // A summary names its own range first; what stands deeper in a text is often older.
    private const int MostHandles = 64;

    /// <summary>The compaction that made most of what still stands; null when nothing that one made does.</summary>
    public static async ValueTask<ArchivedReceipt?> FindAsync(IArchive archive, Transcript current, CancellationToken cancellationToken)
    {
        ArchivedReceipt? best = null;
        var most = 0;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var handles = current.Messages.Where(MadeMessages.LooksMade).SelectMany(NamedHandles.In).Distinct().Take(MostHandles);
        foreach (var handle in handles)
        {
            foreach (var place in await archive.FindHandleAsync(handle, cancellationToken).ConfigureAwait(false))
            {
                if (!seen.Add(place.ReceiptId)
                    || await archive.FindReceiptAsync(place.ReceiptId, cancellationToken).ConfigureAwait(false) is not { } receipt)
                    continue;
                var made = Match(current, receipt).Count(after => after >= 0 && IsMade(receipt, after));
                if (made > most || (made == most && made > 0 && Rank(receipt).CompareTo(Rank(best!)) > 0))
                    (best, most) = (receipt, made);
            }
        }

        return best;
    }

    // A copy of what was undone elsewhere is undone by the same receipt, but one that stands comes first.
    private static (bool Stands, DateTimeOffset At) Rank(ArchivedReceipt receipt) => (receipt.UndoneAt is null, receipt.Receipt.At);

    /// <summary>For each message of a conversation its place in a compaction's result; −1 for one that has none.</summary>
    public static int[] Match(Transcript current, ArchivedReceipt receipt)
    {
        var free = receipt.After.Select((message, i) => (message.Fingerprint, Index: i)).GroupBy(place => place.Fingerprint)
            .ToDictionary(same => same.Key, same => new Queue<int>(same.Select(place => place.Index)));
        return [.. current.Messages.Select((_, i) =>
            free.TryGetValue(current.MessageFingerprint(i), out var places) && places.TryDequeue(out var place) ? place : -1)];
    }

    private static bool IsMade(ArchivedReceipt receipt, int after) =>
        receipt.After[after] is var message && (message.SourceIndex < 0 || receipt.Before[message.SourceIndex] != message.Fingerprint);
}
