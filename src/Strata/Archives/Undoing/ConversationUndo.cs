using Microsoft.Extensions.AI;
using Strata.Archives.Recalling;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Archives.Undoing;

/// <summary>Undoes the compactions of a conversation that is at hand.</summary>
internal sealed class ConversationUndo(IArchive archive)
{
    public async ValueTask<UndoneConversation> FindAsync(
        IReadOnlyList<ChatMessage> current, string? receiptId, CancellationToken cancellationToken)
    {
        var transcript = Transcript.Create(current);
        var prefixes = Enumerable.Range(1, current.Count).Select(transcript.PrefixFingerprint).ToList();
        var last = await archive.FindReceiptAsync(ReceiptKey.Result, prefixes, cancellationToken).ConfigureAwait(false);
        var isWhole = last is not null;
        last ??= await EditedResult.FindAsync(archive, transcript, cancellationToken).ConfigureAwait(false);
        if (last is null)
            throw new InvalidOperationException(
                "There is nothing to undo: no compaction in this archive left what this conversation begins with. Give the archive and the "
                    + "tenant it was compacted with, or the session's id.");
        var links = await ReceiptChain.LinksAsync(archive, last, receiptId ?? last.Receipt.Id, cancellationToken).ConfigureAwait(false);
        if (receiptId is not null && links[0].Receipt.Id != receiptId)
            throw new InvalidOperationException(
                $"This conversation did not come from the compaction '{receiptId}'. It came from "
                    + $"{string.Join(", ", links.Reverse().Select(link => link.Receipt.Id))}, newest first.");
        var chain = new ReceiptChain(links);
        var restoration = isWhole ? Whole(transcript, last, chain) : InPlace(transcript, last, chain);
        return await restoration.FinishAsync(archive, links, !isWhole, cancellationToken).ConfigureAwait(false);
    }

    private static Restoration Whole(Transcript current, ArchivedReceipt last, ReceiptChain chain)
    {
        var restoration = new Restoration();
        var standing = new Dictionary<int, int>();
        for (var i = 0; i < last.After.Count; i++)
        {
            if (StandsFor(last, i, chain) is [var only] && chain.Messages[only] == current.MessageFingerprint(i))
                standing[only] = i;
        }

        for (var i = 0; i < chain.Messages.Count; i++)
        {
            if (standing.TryGetValue(i, out var index))
                restoration.Keep(new OutgoingMessage(current.Messages[index], index));
            else
                restoration.Restore(chain.Messages[i]);
        }

        for (var i = last.After.Count; i < current.Messages.Count; i++)
            restoration.Keep(new OutgoingMessage(current.Messages[i], i));
        return restoration;
    }

    private static Restoration InPlace(Transcript current, ArchivedReceipt last, ReceiptChain chain)
    {
        // Standing messages are at least 0; what is restored is told by its index alone. What the compaction did not leave follows what it
        // stood behind.
        var parts = new List<(int Order, int Standing)>();
        var places = EditedResult.Match(current, last);
        for (var i = 0; i < current.Messages.Count; i++)
        {
            var indexes = places[i] < 0 ? [] : StandsFor(last, places[i], chain);
            if (indexes is [])
                parts.Add((parts.Count > 0 ? parts.Max(part => part.Order) : -1, i));
            else if (indexes is [var only] && chain.Messages[only] == current.MessageFingerprint(i))
                parts.Add((only, i));
            else
                parts.AddRange(indexes.Select(index => (index, -1)));
        }

        // A summary may stand for what lay on both sides of a message that stayed; but who moved messages wants them where they are.
        var standing = parts.Where(part => part.Standing >= 0).Select(part => part.Order).ToList();
        if (standing.Zip(standing.Skip(1)).All(pair => pair.First <= pair.Second))
            parts = [.. parts.OrderBy(part => part.Order)];
        var restoration = new Restoration();
        foreach (var (order, index) in parts)
        {
            if (index >= 0)
                restoration.Keep(new OutgoingMessage(current.Messages[index], index));
            else
                restoration.Restore(chain.Messages[order]);
        }

        return restoration;
    }

    private static IReadOnlyList<int> StandsFor(ArchivedReceipt receipt, int after, ReceiptChain chain) =>
        chain.IndexesOf(
            receipt.Receipt.Id, receipt.After[after] is { SourceIndex: >= 0 and var source } ? [source] : receipt.After[after].Replaces);
}
