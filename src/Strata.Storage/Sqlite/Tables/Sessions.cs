using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>The sessions of one tenant.</summary>
internal sealed class Sessions(Connection db, long tenant)
{
    private const string Columns = """
        SELECT session, name, agent, created_at, updated_at, log_count,
            (SELECT count(*) FROM receipts WHERE receipts.session = sessions.id),
            (SELECT total(freed) FROM receipts WHERE receipts.session = sessions.id AND undone_at IS NULL)
        FROM sessions
        """;

    /// <summary>Null when there is none.</summary>
    public long? Find(string id)
    {
        using var find = db.Use("SELECT id FROM sessions WHERE tenant = ?1 AND session = ?2");
        return find.Bind(1, tenant).Bind(2, id).Step() ? find.Int64(0) : null;
    }

    /// <summary>The session's row, made where there was none; it has changed now.</summary>
    public long Touch(string id, long at)
    {
        using var touch = db.Use("""
            INSERT INTO sessions (tenant, session, created_at, updated_at, changed)
            VALUES (?1, ?2, ?3, ?3, (SELECT ifnull(max(changed), 0) + 1 FROM sessions WHERE tenant = ?1))
            ON CONFLICT (tenant, session) DO UPDATE SET updated_at = excluded.updated_at, changed = excluded.changed
            RETURNING id
            """);
        touch.Bind(1, tenant).Bind(2, id).Bind(3, at).Step();
        return touch.Int64(0);
    }

    /// <summary>Null leaves what is there.</summary>
    public void Describe(long session, string? name, string? agent, IReadOnlyList<LedgerRecord> ledger)
    {
        using var update = db.Use("UPDATE sessions SET name = ifnull(?2, name), agent = ifnull(?3, agent), ledger = ?4 WHERE id = ?1");
        update.Bind(1, session).Bind(2, name).Bind(3, agent).Bind(4, RecordJson.Write(ledger)).Run();
    }

    public ArchivedSession? Read(string id)
    {
        using var find = db.Use(Columns + " WHERE tenant = ?1 AND session = ?2");
        return find.Bind(1, tenant).Bind(2, id).Step() ? Row(find) : null;
    }

    public IReadOnlyList<ArchivedSession> List(int limit)
    {
        var sessions = new List<ArchivedSession>();
        using var find = db.Use(Columns + " WHERE tenant = ?1 ORDER BY changed DESC LIMIT ?2");
        for (find.Bind(1, tenant).Bind(2, (long)Math.Max(0, limit)); find.Step();)
            sessions.Add(Row(find));
        return sessions;
    }

    public IReadOnlyList<LedgerRecord> ReadLedger(string id)
    {
        using var find = db.Use("SELECT ledger FROM sessions WHERE tenant = ?1 AND session = ?2 AND ledger IS NOT NULL");
        return find.Bind(1, tenant).Bind(2, id).Step() ? RecordJson.Read<List<LedgerRecord>>(find.Bytes(0).ToArray()) : [];
    }

    private static ArchivedSession Row(Statement row) => new(
        row.Text(0), row.TextOrNull(1), row.TextOrNull(2), Instant.Of(row.Int64(3)), Instant.Of(row.Int64(4)), row.Int64(5), row.Int32(6),
        row.Int64(7));
}
