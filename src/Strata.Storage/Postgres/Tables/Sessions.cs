using Npgsql;
using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;

namespace Strata.Storage.Postgres.Tables;

/// <summary>Sessions and their ledgers.</summary>
internal sealed class Sessions(Database database)
{
    private const string Columns = """
        s.session, s.name, s.agent, s.created_at, s.updated_at, s.log_count, r.compactions, r.freed
        FROM session AS s CROSS JOIN LATERAL (
            SELECT count(*)::int AS compactions, coalesce(sum(freed) FILTER (WHERE undone_at IS NULL), 0)::bigint AS freed
            FROM receipt WHERE tenant = $1 AND session = s.session) AS r
        """;

    private const string List = $"SELECT {Columns} WHERE s.tenant = $1 ORDER BY s.changed DESC LIMIT $2";
    private const string Find = $"SELECT {Columns} WHERE s.tenant = $1 AND s.session = $2";
    private const string FindLedger = "SELECT ledger FROM session WHERE tenant = $1 AND session = $2 AND ledger IS NOT NULL";

    private const string Keep = """
        INSERT INTO session (tenant, session, name, agent, created_at, updated_at, changed, log_count, ledger)
            VALUES ($1, $2, $3, $4, $5, $5, nextval('number'), 0, $6)
        ON CONFLICT (tenant, session) DO UPDATE SET name = coalesce(excluded.name, session.name),
            agent = coalesce(excluded.agent, session.agent),
            updated_at = greatest(session.updated_at, excluded.updated_at), changed = excluded.changed, ledger = excluded.ledger
        """;

    /// <summary>Any text of 1–200 chars names a session.</summary>
    public static string CheckId(string id, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(id, parameter);
        return id.Length <= 200 ? id : throw new ArgumentException($"It has {id.Length} chars; at most 200 are taken.", parameter);
    }

    public Task<IReadOnlyList<ArchivedSession>> ListAsync(int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(new Statement(List, database.Tenant, Math.Max(0, limit)), ReadAll, cancellationToken);

    public async Task<ArchivedSession?> FindAsync(string session, CancellationToken cancellationToken) =>
        (await database.ReadAsync(new Statement(Find, database.Tenant, PgText.Escape(session)), ReadAll, cancellationToken)
            .ConfigureAwait(false)).FirstOrDefault();

    public Task<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(string session, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<LedgerRecord>>(
        new Statement(FindLedger, database.Tenant, PgText.Escape(session)),
        static async (reader, cancellationToken) => await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? RecordJson.Read<List<LedgerRecord>>(reader.GetFieldValue<byte[]>(0))
            : [],
        cancellationToken);

    /// <summary>What a compaction tells of its session.</summary>
    public Statement Add(ArchivedCompaction compaction, DateTimeOffset now) => new(
        Keep,
        database.Tenant,
        PgText.Escape(compaction.SessionId),
        PgText.EscapeOrNull(compaction.SessionName),
        PgText.EscapeOrNull(compaction.Receipt.AgentId),
        Ticks.Of(now),
        RecordJson.Write(compaction.Ledger));

    private static async Task<IReadOnlyList<ArchivedSession>> ReadAll(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var sessions = new List<ArchivedSession>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            sessions.Add(new ArchivedSession(
                PgText.Unescape(reader.GetString(0)),
                reader.IsDBNull(1) ? null : PgText.Unescape(reader.GetString(1)),
                reader.IsDBNull(2) ? null : PgText.Unescape(reader.GetString(2)),
                Ticks.Read(reader.GetInt64(3)),
                Ticks.Read(reader.GetInt64(4)),
                reader.GetInt64(5),
                reader.GetInt32(6),
                reader.GetInt64(7)));
        }

        return sessions;
    }
}
