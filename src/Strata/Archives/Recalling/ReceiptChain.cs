using Strata.Transcripts;

namespace Strata.Archives.Recalling;

/// <summary>
/// A compaction with those it went on from: together they hold the conversation as it would stand had nothing ever been compacted. Every
/// compaction accounts for each message it was given, so that conversation is what the first one was given and, of each later one, what
/// came after the result of the one before.
/// </summary>
internal sealed class ReceiptChain
{
    private readonly List<Fingerprint> _messages = [];
    private readonly Dictionary<string, int[][]> _places = new(StringComparer.Ordinal);

    public ReceiptChain(IEnumerable<ArchivedReceipt> oldestFirst)
    {
        ArchivedReceipt? before = null;
        foreach (var receipt in oldestFirst)
        {
            Add(receipt, before);
            before = receipt;
        }
    }

    /// <summary>Names of the messages of the whole conversation.</summary>
    public IReadOnlyList<Fingerprint> Messages => _messages;

    /// <summary>A compaction and those it went on from, oldest first.</summary>
    /// <param name="archive">Where they are.</param>
    /// <param name="newest">The last of them.</param>
    /// <param name="oldestId">Where to stop; null: at the first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public static async ValueTask<IReadOnlyList<ArchivedReceipt>> LinksAsync(
        IArchive archive, ArchivedReceipt newest, string? oldestId, CancellationToken cancellationToken)
    {
        var links = new List<ArchivedReceipt> { newest };
        var ids = new HashSet<string>(StringComparer.Ordinal) { newest.Receipt.Id };
        while (links[^1].Receipt is { Parent: { } parentId } receipt && receipt.Id != oldestId && ids.Add(parentId)
            && await archive.FindReceiptAsync(parentId, cancellationToken).ConfigureAwait(false) is { } parent && WentOn(links[^1], parent))
            links.Add(parent);
        links.Reverse();
        return links;
    }

    /// <summary>
    /// Indexes in <see cref="Messages"/> of what stands, or stood, at positions before a compaction, ascending; empty for one that is no
    /// link.
    /// </summary>
    public IReadOnlyList<int> IndexesOf(string receiptId, IEnumerable<int> positions) => _places.TryGetValue(receiptId, out var places)
        ? [.. positions.Where(position => position >= 0 && position < places.Length).SelectMany(position => places[position]).Distinct()
            .Order()]
        : [];

    private static bool WentOn(ArchivedReceipt receipt, ArchivedReceipt parent) =>
        receipt.Before.Count >= parent.After.Count
            && parent.After.Select(message => message.Fingerprint).SequenceEqual(receipt.Before.Take(parent.After.Count));

    private void Add(ArchivedReceipt receipt, ArchivedReceipt? parent)
    {
        var known = parent is null ? [] : _places[parent.Receipt.Id];
        var places = new int[receipt.Before.Count][];
        for (var i = 0; i < places.Length; i++)
        {
            if (i < parent?.After.Count)
            {
                var made = parent.After[i];
                places[i] = made.SourceIndex >= 0 ? known[made.SourceIndex]
                    : [.. made.Replaces.SelectMany(replaced => known[replaced]).Distinct().Order()];
                continue;
            }

            places[i] = [_messages.Count];
            _messages.Add(receipt.Before[i]);
        }

        _places[receipt.Receipt.Id] = places;
    }
}
