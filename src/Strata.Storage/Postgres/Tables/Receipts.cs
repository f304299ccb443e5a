using Npgsql;
using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Tables;

/// <summary>Receipts, and the places that handles lead to.</summary>
internal sealed class Receipts(Database database)
{
    private const string Columns =
        "r.session, r.before, r.body, r.history, r.history_count, r.undone_at, r.format, r.secrets FROM receipt AS r";
    private const string List = $"SELECT {Columns} WHERE r.tenant = $1 ORDER BY r.number DESC LIMIT $2";
    private const string ListOf = $"SELECT {Columns} WHERE r.tenant = $1 AND r.session = $3 ORDER BY r.number DESC LIMIT $2";
    private const string Find = $"SELECT {Columns} WHERE r.tenant = $1 AND r.receipt = $2";
    private const string FindSource = $"SELECT {Columns} WHERE r.tenant = $1 AND r.source = ANY($2) AND r.undone_at IS NULL ORDER BY "
        + "array_position($2, r.source) DESC, r.number DESC LIMIT 1";
    private const string FindResult = $"SELECT {Columns} WHERE r.tenant = $1 AND r.result = ANY($2) AND r.undone_at IS NULL ORDER BY "
        + "array_position($2, r.result) DESC, r.number DESC LIMIT 1";
    private const string FindHistory = $"SELECT {Columns} WHERE r.tenant = $1 AND r.history = ANY($2) AND r.undone_at IS NULL ORDER BY "
        + "array_position($2, r.history) DESC, r.number DESC LIMIT 1";
    private const string Undo = "UPDATE receipt SET undone_at = $3 WHERE tenant = $1 AND receipt = ANY($2) AND undone_at IS NULL";

    private const string FindPlaces = """
        SELECT p.receipt, r.session, p.positions, p.content FROM place AS p JOIN receipt AS r ON r.tenant = p.tenant
            AND r.receipt = p.receipt
        WHERE p.tenant = $1 AND r.tenant = $1 AND p.handle = $2 ORDER BY r.number DESC, p.content
        """;

    private const string AddReceipt = """
        INSERT INTO receipt (tenant, receipt, number, session, source, result, history, history_count, freed, before, body, format, secrets)
        VALUES ($1, $2, nextval('number'), $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        """;

    private const string AddPlaces = """
        INSERT INTO place (tenant, handle, receipt, content, positions)
        SELECT $1, p.handle, $2, p.content, string_to_array(p.positions, ' ')::int[]
            FROM unnest($3::bigint[], $4::int[], $5::text[]) AS p(handle, content, positions)
        ON CONFLICT (tenant, handle, receipt, content) DO NOTHING
        """;

    public Task<IReadOnlyList<ArchivedReceipt>> ListAsync(string? session, int limit, CancellationToken cancellationToken) =>
        database.ReadAsync(
        session is null ? new Statement(List, database.Tenant, Math.Max(0, limit))
            : new Statement(ListOf, database.Tenant, Math.Max(0, limit), PgText.Escape(session)),
        ReadAll,
        cancellationToken);

    public async Task<ArchivedReceipt?> FindAsync(string receipt, CancellationToken cancellationToken) =>
        (await database.ReadAsync(new Statement(Find, database.Tenant, PgText.Escape(receipt)), ReadAll, cancellationToken)
            .ConfigureAwait(false)).FirstOrDefault();

    public async Task<ArchivedReceipt?> FindAsync(ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return null;
        var query = key switch { ReceiptKey.Source => FindSource, ReceiptKey.Result => FindResult, _ => FindHistory };
        return (await database.ReadAsync(new Statement(query, database.Tenant, Prints.Array(keys)), ReadAll, cancellationToken)
            .ConfigureAwait(false)).FirstOrDefault();
    }

    public Task MarkUndoneAsync(IReadOnlyList<string> receipts, DateTimeOffset at, CancellationToken cancellationToken) =>
        database.WriteAsync(
        WriteScope.Shared,
        (transaction, cancellationToken) => transaction.ExecuteAsync(
            [new(Undo, database.Tenant, receipts.Select(PgText.Escape).ToArray(), Ticks.Of(at))], cancellationToken),
        cancellationToken);

    public Task<IReadOnlyList<HandlePlace>> FindPlacesAsync(Handle handle, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<HandlePlace>>(
        new Statement(FindPlaces, database.Tenant, handle.ToInt64()),
        static async (reader, cancellationToken) =>
        {
            var places = new List<HandlePlace>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                places.Add(new HandlePlace(PgText.Unescape(reader.GetString(0)), PgText.Unescape(reader.GetString(1)),
                    reader.GetFieldValue<int[]>(2), reader.GetInt32(3)));
            return places;
        },
        cancellationToken);

    /// <summary>What writes a receipt and its places.</summary>
    public IEnumerable<Statement> Add(ArchivedCompaction compaction, int secrets)
    {
        var receipt = compaction.Receipt;
        var id = PgText.Escape(receipt.Id);
        yield return new(
            AddReceipt,
            database.Tenant,
            id,
            PgText.Escape(compaction.SessionId),
            Prints.Bytes(receipt.Source),
            Prints.Bytes(receipt.Result),
            Prints.Bytes(compaction.History),
            compaction.HistoryCount,
            (long)receipt.TokensBefore - receipt.TokensAfter,
            Prints.Join([.. compaction.Before.Select(message => message.Fingerprint)]),
            RecordJson.Write(new Body(receipt, [.. compaction.After.Select(message => message with { Message = null })])),
            PgText.EscapeOrNull(compaction.Document?.Format),
            secrets);
        if (compaction.Handles.Count > 0)
        {
            yield return new(
                AddPlaces,
                database.Tenant,
                id,
                compaction.Handles.Select(handle => handle.Handle.ToInt64()).ToArray(),
                compaction.Handles.Select(handle => handle.ContentIndex).ToArray(),
                compaction.Handles.Select(handle => string.Join(' ', handle.Positions)).ToArray());
        }
    }

    private static async Task<IReadOnlyList<ArchivedReceipt>> ReadAll(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var receipts = new List<ArchivedReceipt>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            receipts.Add(Read(reader));
        return receipts;
    }

    private static ArchivedReceipt Read(NpgsqlDataReader reader)
    {
        var body = RecordJson.Read<Body>(reader.GetFieldValue<byte[]>(2));
        return new ArchivedReceipt
        {
            Receipt = body.Receipt,
            SessionId = PgText.Unescape(reader.GetString(0)),
            Before = Prints.Split(reader.GetFieldValue<byte[]>(1)),
            After = body.After,
            History = Fingerprint.Read(reader.GetFieldValue<byte[]>(3)),
            HistoryCount = reader.GetInt32(4),
            UndoneAt = reader.IsDBNull(5) ? null : Ticks.Read(reader.GetInt64(5)),
            DocumentFormat = reader.IsDBNull(6) ? null : PgText.Unescape(reader.GetString(6)),
            SecretsRedacted = reader.GetInt32(7),
        };
    }

    /// <summary>What of a receipt no query asks for.</summary>
    internal sealed record Body(CompactionReceipt Receipt, IReadOnlyList<ArchivedOutgoing> After);
}
