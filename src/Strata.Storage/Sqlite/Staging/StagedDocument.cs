using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Staging;

/// <summary>A session file in pieces, those packed that the archive did not hold.</summary>
internal sealed record StagedDocument(
    string Format, string? Name, int Length, IReadOnlyList<Fingerprint> Pieces, IReadOnlyList<StagedItem> Fresh, IReadOnlyList<PackedBlock> Blocks, int SecretsRedacted)
{
    public static async ValueTask<StagedDocument> CreateAsync(
        ArchivedDocument document, Database database, long tenant, bool redactSecrets, CancellationToken cancellationToken)
    {
        var secrets = 0;
        var bytes = redactSecrets ? DocumentRedactor.Redact(document.Bytes, out secrets) : document.Bytes;
        var pieces = DocumentSplitter.Split(bytes);
        var names = pieces.ConvertAll(piece => Fingerprint.Of(piece.Span));
        var known = await database.ReadAsync(db => new Documents(db, tenant).Find(names), cancellationToken).ConfigureAwait(false);
        var fresh = Enumerable.Range(0, pieces.Count).Where(i => !known.ContainsKey(names[i])).DistinctBy(i => names[i]).ToList();
        var (blocks, items) = BlockPacker.Pack([.. fresh.Select(i => pieces[i])]);
        return new StagedDocument(
            document.Format, document.Name, bytes.Length, names, [.. fresh.Select((piece, i) => new StagedItem(names[piece], items[i], 0))], blocks, secrets);
    }
}
