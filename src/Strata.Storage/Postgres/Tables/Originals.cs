using Strata.Archives;
using Strata.Storage.Postgres.Connections;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Tables;

/// <summary>Originals and the blocks they lie in.</summary>
internal sealed class Originals(Database database)
{
    private const string FindPlaces = "SELECT print, block, slot, secrets FROM original WHERE tenant = $1 AND print = ANY($2)";
    private const string FindRange =
        "SELECT print, block, slot, secrets FROM original WHERE tenant = $1 AND print BETWEEN $2 AND $3 ORDER BY print";

    private const string FindBlocks = $"""
        SELECT {StoredBlock.Columns} FROM block AS b
        WHERE b.tenant = $1 AND b.block IN (SELECT block FROM original WHERE tenant = $1 AND print = ANY($2))
        """;

    private const string FindRangeBlocks = $"""
        SELECT {StoredBlock.Columns} FROM block AS b
        WHERE b.tenant = $1 AND b.block IN (SELECT block FROM original WHERE tenant = $1 AND print BETWEEN $2 AND $3)
        """;

    private const string AddBlock =
        "INSERT INTO block (tenant, block, session, at, length, items, bytes) VALUES ($1, nextval('number'), $2, $3, $4, $5, $6)";
    private const string AddPending = "INSERT INTO pending (tenant, block) VALUES ($1, currval('number'))";

    // In order: two writers of the same originals wait for each other, never in a circle.
    private const string AddOriginals = """
        INSERT INTO original (tenant, print, block, slot, secrets)
        SELECT $1, i.print, currval('number'), i.slot, i.secrets FROM unnest($2::bytea[], $3::int[], $4::int[]) AS i(print, slot, secrets)
            ORDER BY i.print
        ON CONFLICT (tenant, print) DO NOTHING
        """;

    // Most originals belong to one session, the one of their block; the others that hold one stand here.
    private const string AddShares = """
        INSERT INTO share (tenant, block, session, slots)
        SELECT o.tenant, o.block, $2, array_agg(o.slot ORDER BY o.slot)
        FROM original AS o JOIN block AS b ON b.tenant = o.tenant AND b.block = o.block
        WHERE o.tenant = $1 AND b.tenant = $1 AND o.print = ANY($3) AND b.session <> $2
        GROUP BY o.tenant, o.block
        ON CONFLICT (tenant, block, session) DO UPDATE
        SET slots = (SELECT array_agg(DISTINCT s ORDER BY s) FROM unnest(share.slots || excluded.slots) AS s)
        WHERE NOT share.slots @> excluded.slots
        """;

    private const string AreHeld = "SELECT 1 / (count(*) = $3)::int FROM original WHERE tenant = $1 AND print = ANY($2)";

    public async Task<IReadOnlyList<ArchivedOriginal?>> ReadAsync(IReadOnlyList<Fingerprint> prints, CancellationToken cancellationToken)
    {
        if (prints.Count == 0)
            return [];
        var wanted = Prints.Array(prints.Distinct());
        var found = await ReadAsync(new(FindPlaces, database.Tenant, wanted), new(FindBlocks, database.Tenant, wanted), cancellationToken)
            .ConfigureAwait(false);
        return [.. prints.Select(found.GetValueOrDefault)];
    }

    public async Task<IReadOnlyList<ArchivedOriginal>> FindAsync(Handle handle, CancellationToken cancellationToken)
    {
        var first = (ulong)handle.ToInt64() << 4;
        object?[] range =
            [database.Tenant, Prints.Bytes(new Fingerprint(first, 0)), Prints.Bytes(new Fingerprint(first | 0xF, ulong.MaxValue))];
        var found = await ReadAsync(new(FindRange, range), new(FindRangeBlocks, range), cancellationToken).ConfigureAwait(false);
        return [.. found.Values];
    }

    /// <summary>What ends the transaction where retention removed originals since they were looked for.</summary>
    public IEnumerable<Statement> StillHeld(IEnumerable<Fingerprint> held) => Prints.Array(held) is { Length: > 0 } prints
        ? [new(AreHeld, database.Tenant, prints, (long)prints.Length)]
        : [];

    /// <summary>What writes blocks, and who shares what the archive held.</summary>
    /// <param name="blocks">What the archive did not hold.</param>
    /// <param name="made">What of it a compaction made.</param>
    /// <param name="session">Who brings it.</param>
    /// <param name="now">When.</param>
    /// <param name="held">What the archive held. What another writer brings meanwhile is shared too.</param>
    public IEnumerable<Statement> Add(
        IReadOnlyList<StagedBlock> blocks, IReadOnlySet<Fingerprint> made, string session, DateTimeOffset now,
        IEnumerable<Fingerprint> held)
    {
        var id = PgText.Escape(session);
        foreach (var block in blocks)
        {
            yield return new(AddBlock, database.Tenant, id, Ticks.Of(now), block.Length,
                BlockItem.Write([.. block.Items.Select(item => item with { IsMade = made.Contains(item.Print) })]), block.Bytes);
            yield return new(AddPending, database.Tenant);
            yield return new(
                AddOriginals, database.Tenant, Prints.Array(block.Items.Select(item => item.Print)),
                Enumerable.Range(0, block.Items.Count).ToArray(), block.Items.Select(item => item.Secrets).ToArray());
        }

        var all = Prints.Array([.. held, .. blocks.SelectMany(block => block.Items).Select(item => item.Print)]);
        if (all.Length > 0)
            yield return new(AddShares, database.Tenant, id, all);
    }

    /// <summary>The originals that are held, each with the placeholders in it.</summary>
    /// <exception cref="ArchiveException">One cannot be read back: it is no copy, and the context's own is about to be given up for
    /// it.</exception>
    public async Task<Dictionary<Fingerprint, int>> FindHeldAsync(IEnumerable<Fingerprint> prints, CancellationToken cancellationToken)
    {
        var wanted = Prints.Array(prints);
        try
        {
            return await CheckHeldAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveException e) when (e.Fault == ArchiveFault.NotAnArchive)
        {
            // Retention may have come between what leads to an original and its block.
            return await CheckHeldAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<Dictionary<Fingerprint, int>> CheckHeldAsync(byte[][] wanted, CancellationToken cancellationToken)
    {
        var (places,
            blocks) = await LookAsync(new(FindPlaces, database.Tenant, wanted), new(FindBlocks, database.Tenant, wanted), cancellationToken)
                .ConfigureAwait(false);
        foreach (var group in places.GroupBy(place => place.Block))
        {
            if (!blocks.TryGetValue(group.Key, out var block))
                throw new ArchiveException($"The archive is damaged: its block {group.Key} is missing. Restore it from a backup of the "
                    + "server; doctor lists all that is damaged.", ArchiveFault.NotAnArchive);
            var unpacked = block.Unpack(group);
            foreach (var place in group)
                block.Check(unpacked, place);
        }

        return places.ToDictionary(place => place.Print, place => place.Secrets);
    }

    private async Task<Dictionary<Fingerprint, ArchivedOriginal>> ReadAsync(
        Statement places, Statement blocks, CancellationToken cancellationToken)
    {
        var (found, packed) = await LookAsync(places, blocks, cancellationToken).ConfigureAwait(false);
        var originals = new Dictionary<Fingerprint, ArchivedOriginal>(found.Count);
        foreach (var group in found.GroupBy(place => place.Block))
        {
            if (!packed.TryGetValue(group.Key, out var block))
                continue;
            var unpacked = block.Unpack(group);
            foreach (var place in group)
                originals[place.Print] = block.Decode(unpacked, place.Slot);
        }

        return originals;
    }

    private Task<(List<OriginalPlace> Places, Dictionary<long, StoredBlock> Blocks)> LookAsync(
        Statement places, Statement blocks, CancellationToken cancellationToken) =>
        database.ReadAsync([places, blocks], static async (reader, cancellationToken) =>
        {
            var places = new List<OriginalPlace>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                places.Add(new OriginalPlace(
                    Fingerprint.Read(reader.GetFieldValue<byte[]>(0)), reader.GetInt64(1), reader.GetInt32(2), reader.GetInt32(3)));
            await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
            var blocks = new Dictionary<long, StoredBlock>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                blocks[reader.GetInt64(0)] = StoredBlock.Read(reader);
            return (places, blocks);
        }, cancellationToken);
}
