using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Staging;

/// <summary>Packs what the archive does not hold, outside of any write.</summary>
internal sealed class Stager(Database database, long tenant, ArchiveCodec codec)
{
    public async ValueTask<Staged> StageAsync(IEnumerable<ArchivedMessage> messages, CancellationToken cancellationToken)
    {
        var distinct = messages.DistinctBy(message => message.Fingerprint).ToList();
        var (view, known) = await database.ReadAsync(
            db => (ViewOf(db, tenant), Known(new Originals(db, tenant), distinct.Select(message => message.Fingerprint))),
            cancellationToken).ConfigureAwait(false);
        var fresh = new List<(Fingerprint Fingerprint, EncodedMessage Encoded)>();
        foreach (var message in distinct.Where(message => !known.ContainsKey(message.Fingerprint)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            fresh.Add((message.Fingerprint, codec.Encode(message.Message)));
        }

        var (blocks, items) = BlockPacker.Pack([.. fresh.Select(one => one.Encoded.Json)]);
        return new Staged(database, view, known,
            [.. fresh.Select((one, i) => new StagedItem(one.Fingerprint, items[i], one.Encoded.SecretsRedacted))], blocks);
    }

    public static StagingView ViewOf(Connection db, long tenant)
    {
        using var prunes = db.Use("SELECT prunes FROM tenants WHERE id = ?1");
        return new StagingView(db.Number("SELECT max(id) FROM originals"), prunes.Bind(1, tenant).Step() ? prunes.Int64(0) : 0);
    }

    // What cannot be read back is no copy, and the context's own is about to be given up for it.
    private static Dictionary<Fingerprint, long> Known(Originals originals, IEnumerable<Fingerprint> fingerprints)
    {
        var rows = fingerprints.Select(originals.FindRow).OfType<OriginalRow>().ToList();
        originals.Texts(rows);
        return rows.ToDictionary(row => row.Fingerprint, row => row.Id);
    }
}
