using Microsoft.Extensions.AI;
using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Staging;

/// <summary>The log of a session: a row for each call that added to it.</summary>
internal sealed class Logs(Database database, Stager stager, Originals originals, TimeProvider time)
{
    // A call writes its name too: after a lost connection the next try looks whether the one before was kept.
    private const string FindCall = "SELECT first FROM log WHERE tenant = $1 AND session = $2 AND call = $3";
    private const string FindAppend = "SELECT first FROM append WHERE tenant = $1 AND session = $2 AND id = $3";

    private const string Extend = """
        INSERT INTO session (tenant, session, created_at, updated_at, changed, log_count) VALUES ($1, $2, $3, $3, nextval('number'), $4)
        ON CONFLICT (tenant, session) DO UPDATE SET updated_at = greatest(session.updated_at, excluded.updated_at),
            changed = excluded.changed, log_count = session.log_count + $4
        """;

    private const string AddAppend = """
        INSERT INTO append (tenant, session, id, first) SELECT s.tenant, s.session, $3, s.log_count - $4 FROM session AS s
            WHERE s.tenant = $1 AND s.session = $2
        """;

    private const string Add = """
        INSERT INTO log (tenant, session, first, count, prints, call)
        SELECT s.tenant, s.session, s.log_count - $3, $3, $4, $5 FROM session AS s WHERE s.tenant = $1 AND s.session = $2
        RETURNING first
        """;

    private const string FindLength = "SELECT log_count FROM session WHERE tenant = $1 AND session = $2";

    private const string Read = """
        SELECT first, prints FROM log WHERE tenant = $1 AND session = $2 AND first < $4 AND first + count > $3
            AND first >= coalesce((SELECT max(first) FROM log WHERE tenant = $1 AND session = $2 AND first <= $3), 0)
        ORDER BY first
        """;

    /// <summary>Adds to the end; the position of the first.</summary>
    public async Task<long> AppendAsync(
        string session, IReadOnlyList<ArchivedMessage> messages, string? appendId, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return await LengthAsync(session, cancellationToken).ConfigureAwait(false);
        var id = PgText.Escape(session);
        var call = Guid.NewGuid().ToByteArray();
        var sent = false;
        return await database.RetryAsync(
            async () =>
            {
                if (sent
                    && await database.WriteOnceAsync(WriteScope.Of(session), [new(FindCall, database.Tenant, id, call)], ReadFirst, null,
                        cancellationToken).ConfigureAwait(false) is { } kept)
                    return kept;
                try
                {
                    var staged = await stager.StageAsync(messages, cancellationToken).ConfigureAwait(false);
                    return await database.WriteOnceAsync(WriteScope.Of(session), Write(session, messages, appendId, call, staged),
                        ReadFirst, () => sent = true, cancellationToken).ConfigureAwait(false) ?? 0;
                }
                catch (PostgresException e)
                    when (e.SqlState == PostgresErrorCodes.UniqueViolation
                        && e.TableName?.StartsWith("append", StringComparison.Ordinal) == true)
                {
                    return await database.ReadAsync(new Statement(FindAppend, database.Tenant, id, PgText.EscapeOrNull(appendId)),
                        ReadFirst, cancellationToken).ConfigureAwait(false) ?? 0;
                }
            },
            cancellationToken,
            () => sent).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<ChatMessage>> ReadAsync(string session, long from, int? count, CancellationToken cancellationToken)
    {
        from = Math.Max(0, from);
        var to = count is { } many ? from + Math.Max(0, many) : long.MaxValue;
        var prints = await database.ReadAsync(
            new Statement(Read, database.Tenant, PgText.Escape(session), from, to),
            async (reader, cancellationToken) =>
            {
                var prints = new List<Fingerprint>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var first = reader.GetInt64(0);
                    prints.AddRange(Prints.Split(reader.GetFieldValue<byte[]>(1)).Where((_, i) => first + i >= from && first + i < to));
                }

                return prints;
            },
            cancellationToken).ConfigureAwait(false);
        var read = await originals.ReadAsync(prints, cancellationToken).ConfigureAwait(false);
        return [.. read.Select((original, i) => original?.Message ?? throw new ArchiveException(
            $"Message {from + i} of the log of '{session}' is not in the archive. Run doctor on it.", ArchiveFault.NotAnArchive))];
    }

    private Task<long> LengthAsync(string session, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(FindLength, database.Tenant, PgText.Escape(session)),
        static async (reader, cancellationToken) =>
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt64(0) : 0,
        cancellationToken);

    // One round trip: who waits for the session waits for the server's work, never for this process to be scheduled.
    private List<Statement> Write(
        string session, IReadOnlyList<ArchivedMessage> messages, string? appendId, byte[] call, StagedBlocks staged)
    {
        var (tenant, id, now) = (database.Tenant, PgText.Escape(session), time.GetUtcNow());
        var prints = messages.Select(message => message.Fingerprint).ToList();
        List<Statement> statements =
            [.. originals.StillHeld(staged.Held.Keys), new(Extend, tenant, id, Ticks.Of(now), (long)messages.Count)];
        if (appendId is not null)
            statements.Add(new(AddAppend, tenant, id, PgText.Escape(appendId), (long)messages.Count));
        statements.AddRange(originals.Add(staged.Blocks, new HashSet<Fingerprint>(), session, now, staged.Held.Keys));
        statements.Add(new(Add, tenant, id, messages.Count, Prints.Join(prints), call));
        return statements;
    }

    private static async Task<long?> ReadFirst(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        // What retention is asked about comes first; the position comes last.
        long? first = null;
        do
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                first = reader.GetFieldType(0) == typeof(long) ? reader.GetInt64(0) : null;
        }
        while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false));
        return first;
    }
}
