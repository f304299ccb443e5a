using Strata.Archives.Recalling;

namespace Strata.Archives.Undoing;

/// <summary>Undoes the compactions of a session of which only the archive knows.</summary>
internal sealed class SessionUndo(IArchive archive)
{
    public async ValueTask<UndoneConversation> FindAsync(string sessionId, string? receiptId, CancellationToken cancellationToken)
    {
        var receipts = await archive.ListReceiptsAsync(sessionId, int.MaxValue, cancellationToken).ConfigureAwait(false);
        foreach (var last in receipts.Where(receipt => receipt.UndoneAt is null))
        {
            var links = await ReceiptChain.LinksAsync(archive, last, receiptId ?? last.Receipt.Id, cancellationToken).ConfigureAwait(false);
            if (receiptId is not null && links[0].Receipt.Id != receiptId)
                continue;   // the session had gone two ways
            var restoration = new Restoration();
            foreach (var name in new ReceiptChain(links).Messages)
                restoration.Restore(name);
            return await restoration.FinishAsync(archive, links, wasEdited: false, cancellationToken).ConfigureAwait(false);
        }

        throw new InvalidOperationException(receiptId is null
            ? $"There is nothing to undo: the archive knows no compaction of the session '{sessionId}' that is not undone."
            : $"There is nothing to undo: the archive knows no compaction '{receiptId}' of the session '{sessionId}' that is not undone.");
    }
}
