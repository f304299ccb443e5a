using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Staging;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite;

/// <summary>Writes a compaction whose texts are packed.</summary>
internal sealed class CompactionWriter(
    long tenant, long at, ArchivedCompaction compaction, Staged before, Staged made, StagedDocument? document)
{
    /// <summary>Within a transaction; false when the receipt is there already.</summary>
    /// <exception cref="StaleStagingException">The texts have to be staged again.</exception>
    public bool Write(Connection db)
    {
        var receipts = new Receipts(db, tenant);
        if (receipts.Has(compaction.Receipt.Id))
            return false;
        var sessions = new Sessions(db, tenant);
        var session = sessions.Touch(compaction.SessionId, at);
        sessions.Describe(session, compaction.SessionName, compaction.Receipt.AgentId, compaction.Ledger);
        var ids = new Dictionary<Fingerprint, long>();
        var keeper = new OriginalKeeper(db, tenant, session, at);
        Merge(ids, keeper.Keep(before, areMade: false));
        var said = compaction.Before.Select(message => ids[message.Fingerprint]).ToList();
        Merge(ids, keeper.Keep(made, areMade: true));
        var layout = LayoutCodec.Write(said, [.. compaction.After.Select(message => ids[message.Fingerprint])], compaction.After);
        receipts.Insert(
            compaction, session, layout, Secrets(db, said) + (document?.SecretsRedacted ?? 0),
            document is null ? null : new Documents(db, tenant).Insert(document, keeper.SharedBlocks));
        return true;
    }

    private int Secrets(Connection db, List<long> originals)
    {
        var known = before.Known.Values.ToHashSet();
        var secrets = before.SecretsRedacted;
        using var find = db.Use("SELECT secrets FROM originals WHERE id = ?1");
        foreach (var id in originals.Where(known.Remove))
        {
            secrets += find.Bind(1, id).Step() ? find.Int32(0) : 0;
            find.Reset();
        }

        return secrets;
    }

    private static void Merge(Dictionary<Fingerprint, long> ids, Dictionary<Fingerprint, long> more)
    {
        foreach (var (fingerprint, id) in more)
            ids[fingerprint] = id;
    }
}
