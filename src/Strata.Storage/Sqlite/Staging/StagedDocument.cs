using Strata.Archives;
using Strata.Secrets;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Staging;

/// <summary>A session file in pieces.</summary>
/// <param name="Format">The format that reads it.</param>
/// <param name="Name">For people.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Pieces">Names of its pieces, in order.</param>
/// <param name="Fresh">Those that the archive did not hold, in the blocks of <paramref name="Company"/>.</param>
/// <param name="Company">The messages of the file, packed together with its fresh pieces: each says mostly what the other says, and takes
/// little room beside it.</param>
/// <param name="SecretsRedacted">Places where a placeholder stands for a secret.</param>
internal sealed record StagedDocument(
    string Format, string? Name, int Length, IReadOnlyList<Fingerprint> Pieces, IReadOnlyList<StagedItem> Fresh, Staged Company,
    int SecretsRedacted)
{
    public static async ValueTask<StagedDocument> CreateAsync(
        ArchivedDocument document, Staged messages, long tenant, bool redactSecrets, CancellationToken cancellationToken)
    {
        var secrets = 0;
        var bytes = redactSecrets ? DocumentRedactor.Redact(document.Bytes, out secrets) : document.Bytes;
        var pieces = DocumentSplitter.Split(bytes);
        var names = pieces.ConvertAll(piece => Fingerprint.Of(piece.Span));
        var known = await messages.Owner.ReadAsync(db => new Documents(db, tenant).Find(names), cancellationToken).ConfigureAwait(false);
        var fresh = Enumerable.Range(0, pieces.Count).Where(i => !known.ContainsKey(names[i])).DistinctBy(i => names[i]).ToList();

        var texts = messages.Texts();
        var order = Interleave(texts, [.. fresh.Select(i => pieces[i])]);
        var (blocks, places) = BlockPacker.Pack([.. order.Select(item => item.Text)], BlockPacker.Thorough);
        var placeOf = order.Select((item, i) => (item.Source, places[i])).ToDictionary(one => one.Source, one => one.Item2);
        return new StagedDocument(
            document.Format, document.Name, bytes.Length, names,
            [.. fresh.Select((piece, i) => new StagedItem(names[piece], placeOf[texts.Count + i], 0))],
            messages with
            {
                Fresh = [.. messages.Fresh.Select((item, i) => item with { Item = placeOf[i] })],
                Blocks = blocks,
                IsShared = true
            },
            secrets);
    }

    /// <summary>Puts each piece where the same share of the messages lies before it as of the file.</summary>
    private static List<(int Source, ReadOnlyMemory<byte> Text)> Interleave(
        IReadOnlyList<ReadOnlyMemory<byte>> messages, IReadOnlyList<ReadOnlyMemory<byte>> pieces) =>
        [.. Shares(messages, 0).Concat(Shares(pieces, messages.Count)).OrderBy(item => item.Share)
            .Select(item => (item.Source, item.Text))];

    private static IEnumerable<(int Source, ReadOnlyMemory<byte> Text, double Share)> Shares(
        IReadOnlyList<ReadOnlyMemory<byte>> items, int first)
    {
        var all = Math.Max(1.0, items.Sum(item => (long)item.Length));
        var before = 0L;
        for (var i = 0; i < items.Count; before += items[i++].Length)
            yield return (first + i, items[i], before / all);
    }
}
