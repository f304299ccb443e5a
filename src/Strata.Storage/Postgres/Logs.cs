using Microsoft.Extensions.AI;
using Npgsql;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Storage.Postgres;

/// <summary>The log of a session: a row for each call that added to it.</summary>
internal sealed class Logs(Database database, Stager stager, Originals originals, TimeProvider time)
{
    private const string FindAppend = "SELECT first FROM append WHERE tenant = $1 AND session = $2 AND id = $3";
    private const string Numbers = "SELECT nextval('number') FROM generate_series(1, $1)";

    private const string Extend = """
        INSERT INTO session (tenant, session, created_at, updated_at, changed, log_count) VALUES ($1, $2, $3, $3, nextval('number'), $4)
        ON CONFLICT (tenant, session) DO UPDATE SET updated_at = greatest(session.updated_at, excluded.updated_at), changed = excluded.changed, log_count = session.log_count + $4
        RETURNING log_count - $4
        """;

    private const string Add = "INSERT INTO log (tenant, session, first, count, prints) VALUES ($1, $2, $3, $4, $5)";
    private const string AddAppend = "INSERT INTO append (tenant, session, id, first) VALUES ($1, $2, $3, $4)";
    private const string FindLength = "SELECT log_count FROM session WHERE tenant = $1 AND session = $2";

    private const string Read = """
        SELECT first, prints FROM log WHERE tenant = $1 AND session = $2 AND first < $4 AND first + count > $3
            AND first >= coalesce((SELECT max(first) FROM log WHERE tenant = $1 AND session = $2 AND first <= $3), 0)
        ORDER BY first
        """;

    public async Task<long> AppendAsync(string session, IReadOnlyList<ArchivedMessage> messages, string? appendId, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return await LengthAsync(session, cancellationToken).ConfigureAwait(false);
        var staged = await stager.StageAsync(messages, cancellationToken).ConfigureAwait(false);
        return await database.WriteAsync(
            WriteScope.Of(session), (transaction, cancellationToken) => WriteAsync(transaction, session, messages, appendId, staged, cancellationToken), cancellationToken).ConfigureAwait(false);
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
        static async (reader, cancellationToken) => await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt64(0) : 0,
        cancellationToken);

    private async Task<long> WriteAsync(
        Transaction transaction, string session, IReadOnlyList<ArchivedMessage> messages, string? appendId, StagedBlocks staged, CancellationToken cancellationToken)
    {
        var (tenant, id) = (database.Tenant, PgText.Escape(session));
        var prints = messages.Select(message => message.Fingerprint).ToList();
        var (known, held) = await transaction.QueryAsync(
            [new(FindAppend, tenant, id, PgText.EscapeOrNull(appendId)), Stager.FindHeld(tenant, prints.Distinct())],
            skip: 0,
            static async (reader, cancellationToken) =>
            {
                long? known = await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt64(0) : null;
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                return (known, await Stager.ReadHeld(reader, cancellationToken).ConfigureAwait(false));
            },
            cancellationToken).ConfigureAwait(false);
        if (known is { } before)
            return before;

        // What retention removed since it was staged is packed again.
        var blocks = staged.Held.All(held.ContainsKey) ? staged.Blocks : stager.Pack(messages, held.Keys.ToHashSet()).Blocks;
        var now = time.GetUtcNow();
        var (first, numbers) = await transaction.QueryAsync(
            [new(Extend, tenant, id, Ticks.Of(now), (long)messages.Count), new(Numbers, blocks.Count)],
            skip: 0,
            static async (reader, cancellationToken) =>
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                var first = reader.GetInt64(0);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                var numbers = new List<long>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    numbers.Add(reader.GetInt64(0));
                return (first, numbers);
            },
            cancellationToken).ConfigureAwait(false);
        List<Statement> statements = [.. originals.Add(blocks, numbers, held, new HashSet<Fingerprint>(), session, now, prints), new(Add, tenant, id, first, messages.Count, Prints.Join(prints))];
        if (appendId is not null)
            statements.Add(new(AddAppend, tenant, id, PgText.Escape(appendId), first));
        await transaction.ExecuteAsync(statements, cancellationToken).ConfigureAwait(false);
        return first;
    }
}
