using Strata.Transcripts;

namespace Strata.Archives.Recalling;

/// <summary>One session with the compactions that it went on from, which may be of another: nothing else is to be recalled in it.</summary>
internal sealed class SessionScope(IArchive archive, string sessionId)
{
    private Dictionary<string, ArchivedReceipt>? _receipts;

    public async ValueTask<IReadOnlyList<HandlePlace>> FilterAsync(IReadOnlyList<HandlePlace> places, CancellationToken cancellationToken)
    {
        var own = places.Where(place => place.SessionId == sessionId).ToList();
        if (own.Count == places.Count)
            return places;
        var receipts = await ReceiptsAsync(cancellationToken).ConfigureAwait(false);
        return [.. own, .. places.Where(place => place.SessionId != sessionId && receipts.ContainsKey(place.ReceiptId))];
    }

    public async ValueTask<IReadOnlyList<ArchivedOriginal>> FilterAsync(
        IReadOnlyList<ArchivedOriginal> originals, CancellationToken cancellationToken)
    {
        if (originals.Count == 0)
            return originals;
        var receipts = await ReceiptsAsync(cancellationToken).ConfigureAwait(false);
        return [.. originals.Where(original => receipts.Values.Any(receipt => receipt.Before.Contains(original.Fingerprint)))];
    }

    // Asked for only where something of another session has the same name.
    private async ValueTask<Dictionary<string, ArchivedReceipt>> ReceiptsAsync(CancellationToken cancellationToken)
    {
        if (_receipts is not null)
            return _receipts;
        var receipts = (await archive.ListReceiptsAsync(sessionId, int.MaxValue, cancellationToken).ConfigureAwait(false))
            .ToDictionary(receipt => receipt.Receipt.Id);
        foreach (var receipt in receipts.Values.Where(receipt => receipt.Receipt.Parent is { } parent && !receipts.ContainsKey(parent))
            .ToList())
        {
            foreach (var link in await ReceiptChain.LinksAsync(archive, receipt, oldestId: null, cancellationToken).ConfigureAwait(false))
                receipts.TryAdd(link.Receipt.Id, link);
        }

        return _receipts = receipts;
    }
}
