using Npgsql;
using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Search;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Maintenance;

/// <summary>Removes sessions. What other sessions hold too stays.</summary>
internal sealed class Retention(Database database, TermIndex index, TimeProvider time)
{
    private const string ListSessions = "SELECT session, updated_at FROM session WHERE tenant = $1 ORDER BY changed";

    private const string ListBlocks = """
        SELECT b.block, b.session, (octet_length(b.bytes) + octet_length(b.items))::bigint, b.items FROM block AS b WHERE b.tenant = $1
        """;

    private const string ListShares = "SELECT block, session, slots FROM share WHERE tenant = $1";
    private const string ReadBlock = $"SELECT {StoredBlock.Columns} FROM block AS b WHERE b.tenant = $1 AND b.block = $2";
    private const string ListPieces = "SELECT d.pieces, r.session = ANY($2) FROM document AS d JOIN receipt AS r ON r.tenant = d.tenant "
        + "AND r.receipt = d.receipt WHERE d.tenant = $1 AND r.tenant = $1";

    private const string DropPlaces =
        "DELETE FROM place WHERE tenant = $1 AND receipt IN (SELECT receipt FROM receipt WHERE tenant = $1 AND session = ANY($2))";
    private const string DropDocuments =
        "DELETE FROM document WHERE tenant = $1 AND receipt IN (SELECT receipt FROM receipt WHERE tenant = $1 AND session = ANY($2))";
    private const string DropReceipts = "DELETE FROM receipt WHERE tenant = $1 AND session = ANY($2)";
    private const string DropLogs = "DELETE FROM log WHERE tenant = $1 AND session = ANY($2)";
    private const string DropAppends = "DELETE FROM append WHERE tenant = $1 AND session = ANY($2)";
    private const string DropSessions = "DELETE FROM session WHERE tenant = $1 AND session = ANY($2)";
    private const string DropShares = "DELETE FROM share WHERE tenant = $1 AND session = ANY($2)";
    private const string DropPieces = "DELETE FROM piece WHERE tenant = $1 AND print = ANY($2)";
    private const string DropBlocks = "DELETE FROM block WHERE tenant = $1 AND block = ANY($2)";
    private const string DropOriginals = "DELETE FROM original WHERE tenant = $1 AND print = ANY($2) AND block = $3";
    private const string ReplaceBlock =
        "UPDATE block SET session = '', length = $3, items = $4, bytes = $5 WHERE tenant = $1 AND block = $2";
    private const string Disown = "UPDATE block SET session = '' WHERE tenant = $1 AND block = $2";

    public Task<RetentionResult> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken) =>
        policy is { MaxAge: null, MaxBytes: null }
        ? Task.FromResult(new RetentionResult([], 0, 0))
        : database.WriteAsync(WriteScope.Maintenance,
            (transaction, cancellationToken) => PruneAsync(transaction, policy, cancellationToken), cancellationToken);

    private async Task<RetentionResult> PruneAsync(Transaction transaction, RetentionPolicy policy, CancellationToken cancellationToken)
    {
        var sessions = await transaction.QueryAsync(new Statement(ListSessions, database.Tenant), ReadSessions, cancellationToken)
            .ConfigureAwait(false);
        var blocks =
            await transaction.QueryAsync(new Statement(ListBlocks, database.Tenant), ReadSizes, cancellationToken).ConfigureAwait(false);
        var shares =
            await transaction.QueryAsync(new Statement(ListShares, database.Tenant), ReadShares, cancellationToken).ConfigureAwait(false);
        var (gone, freed) = Choose(policy, sessions, new Holdings(blocks, shares));
        var hit =
            blocks.Where(block => gone.Contains(block.Session) || shares[block.Number].Any(share => gone.Contains(share.Session))).ToList();
        var (statements, changes) = (new List<Statement>(), new Changes([], []));
        var originals = 0L;
        foreach (var block in hit)
            originals += await RemoveAsync(transaction, block, shares[block.Number].Where(share => !gone.Contains(share.Session)).ToList(),
                gone, statements, changes, cancellationToken).ConfigureAwait(false);
        var ids = sessions.Where(session => gone.Contains(session.Session)).Select(session => session.Session).ToArray();
        if (!policy.DryRun && ids.Length > 0)
        {
            var pieces = await transaction.QueryAsync(new Statement(ListPieces, database.Tenant, ids), ReadLonePieces, cancellationToken)
                .ConfigureAwait(false);
            foreach (var sql in (string[])[DropPlaces, DropDocuments, DropReceipts, DropLogs, DropAppends, DropSessions, DropShares])
                statements.Add(new Statement(sql, database.Tenant, ids));
            statements.Add(new Statement(DropPieces, database.Tenant, Prints.Array(pieces)));
            statements.AddRange(await index.RenewAsync(transaction, changes.Repacked, changes.Removed, cancellationToken)
                .ConfigureAwait(false));
            await transaction.ExecuteAsync(statements, cancellationToken).ConfigureAwait(false);
        }

        return new RetentionResult([.. ids.Select(PgText.Unescape)], originals, freed);
    }

    private (HashSet<string> Gone, long Freed) Choose(
        RetentionPolicy policy, List<(string Session, DateTimeOffset At)> sessions, Holdings holdings)
    {
        var now = time.GetUtcNow();
        var (gone, freed) = (new HashSet<string>(StringComparer.Ordinal), 0L);
        foreach (var (session, at) in sessions)
        {
            if (!(now - at > policy.MaxAge) && !(holdings.Bytes - freed > policy.MaxBytes))
                continue;
            gone.Add(session);
            freed += holdings.Leave(session);
        }

        return (gone, freed);
    }

    /// <summary>Adds what removes from a block all that nobody holds; how many originals that are.</summary>
    private async Task<int> RemoveAsync(
        Transaction transaction, Sized block, List<Share> left, HashSet<string> gone, List<Statement> statements, Changes changes,
        CancellationToken cancellationToken)
    {
        if (block.Session.Length > 0 && !gone.Contains(block.Session))
            return 0;
        var kept = left.SelectMany(share => share.Slots).ToHashSet();
        var items = BlockItem.Read(block.Items);
        var removed = Enumerable.Range(0, items.Count).Where(slot => items[slot].Length > 0 && !kept.Contains(slot)).ToList();
        if (removed.Count > 0)
            statements.Add(new(DropOriginals, database.Tenant, Prints.Array(removed.Select(slot => items[slot].Print)), block.Number));
        if (kept.Count == 0)
        {
            statements.Add(new(DropBlocks, database.Tenant, new[] { block.Number }));
            changes.Removed.Add(block.Number);
        }
        else if (removed.Count == 0)
        {
            statements.Add(new(Disown, database.Tenant, block.Number));
        }
        else
        {
            var whole = await transaction.QueryAsync(new Statement(ReadBlock, database.Tenant, block.Number), ReadOne, cancellationToken)
                .ConfigureAwait(false);
            statements.Add(Repack(whole, kept));
            changes.Repacked.Add(block.Number);
        }

        return removed.Count;
    }

    // Slots stay, so that what leads to the originals that remain still does.
    private Statement Repack(StoredBlock block, HashSet<int> kept)
    {
        var unpacked = block.Unpack();
        var slots = Enumerable.Range(0, block.Items.Count).Where(slot => kept.Contains(slot) && block.Items[slot].Length > 0).ToList();
        var (packed,
            places) = BlockPacker.Pack(slots.ConvertAll(slot =>
                (ReadOnlyMemory<byte>)unpacked.AsMemory(block.Items[slot].Start, block.Items[slot].Length)));
        var items = block.Items.Select(item => item with { Start = 0, Length = 0 }).ToArray();
        for (var i = 0; i < slots.Count; i++)
            items[slots[i]] = block.Items[slots[i]] with { Start = places[i].Start };
        return new(ReplaceBlock, database.Tenant, block.Number, packed[0].Length, BlockItem.Write(items), packed[0].Bytes);
    }

    private static async Task<List<(string Session, DateTimeOffset At)>> ReadSessions(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var sessions = new List<(string, DateTimeOffset)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            sessions.Add((reader.GetString(0), Ticks.Read(reader.GetInt64(1))));
        return sessions;
    }

    private static async Task<List<Sized>> ReadSizes(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var blocks = new List<Sized>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            blocks.Add(new Sized(reader.GetInt64(0), reader.GetString(1), reader.GetInt64(2), reader.GetFieldValue<byte[]>(3)));
        return blocks;
    }

    private static async Task<ILookup<long, Share>> ReadShares(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var shares = new List<(long Block, Share Share)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            shares.Add((reader.GetInt64(0), new Share(reader.GetString(1), reader.GetFieldValue<int[]>(2))));
        return shares.ToLookup(share => share.Block, share => share.Share);
    }

    private static async Task<StoredBlock> ReadOne(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return StoredBlock.Read(reader);
    }

    private static async Task<List<Fingerprint>> ReadLonePieces(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var (leaving, staying) = (new HashSet<Fingerprint>(), new HashSet<Fingerprint>());
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            (reader.GetBoolean(1) ? leaving : staying).UnionWith(Prints.Split(reader.GetFieldValue<byte[]>(0)));
        leaving.ExceptWith(staying);
        return [.. leaving];
    }

    private sealed record Sized(long Number, string Session, long Bytes, byte[] Items);

    private sealed record Share(string Session, int[] Slots);

    private sealed record Changes(HashSet<long> Repacked, HashSet<long> Removed);

    /// <summary>Who holds which block, while sessions leave one by one.</summary>
    private sealed class Holdings
    {
        private readonly Dictionary<long, (long Bytes, HashSet<string> Holders)> _blocks = [];
        private readonly Dictionary<string, List<long>> _held = new(StringComparer.Ordinal);

        public Holdings(List<Sized> blocks, ILookup<long, Share> shares)
        {
            foreach (var block in blocks)
            {
                var holders = shares[block.Number].Select(share => share.Session).Append(block.Session).Where(session => session.Length > 0)
                    .ToHashSet(StringComparer.Ordinal);
                _blocks[block.Number] = (block.Bytes, holders);
                Bytes += block.Bytes;
                foreach (var holder in holders)
                    (_held.TryGetValue(holder, out var held) ? held : _held[holder] = []).Add(block.Number);
            }
        }

        public long Bytes { get; }

        /// <summary>The bytes of the blocks that nobody holds any more.</summary>
        public long Leave(string session)
        {
            var freed = 0L;
            foreach (var number in _held.GetValueOrDefault(session) ?? [])
            {
                var (bytes, holders) = _blocks[number];
                if (holders.Remove(session) && holders.Count == 0)
                    freed += bytes;
            }

            return freed;
        }
    }
}
