using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Search;

/// <summary>
/// Finds originals by words. The index knows which blocks hold which terms; the blocks that hold most are looked through first, the newest
/// first among equals, and the search ends when no block that is left can hold anything better.
/// </summary>
internal sealed class TermSearch(Database database, TermIndex index)
{
    // What one search reads at most, uncompressed: about a second of a processor. Only words that many blocks hold together but no message
    // does come so far.
    private const long MostBytes = 48L * 1024 * 1024;
    private const int MostBlocks = 4096;
    private const int MostPending = (int)(MostBytes / BlockPacker.BlockLength);
    private const int Page = 4;

    private const string FindTerms = "SELECT part, codes FROM term WHERE tenant = $1 AND part = ANY($2)";

    private const string FindHeld = """
        SELECT b.block FROM block AS b WHERE b.tenant = $1 AND b.session = $2 UNION SELECT s.block FROM share AS s WHERE s.tenant = $1
            AND s.session = $2
        """;

    private const string ReadBlocks = $"SELECT {StoredBlock.Columns} FROM block AS b WHERE b.tenant = $1 AND b.block = ANY($2)";

    private const string ReadHolders = """
        SELECT b.block, b.session, NULL::int[], x.changed FROM block AS b JOIN session AS x ON x.tenant = b.tenant AND x.session = b.session
        WHERE b.tenant = $1 AND x.tenant = $1 AND b.block = ANY($2)
        UNION ALL
        SELECT s.block, s.session, s.slots, x.changed FROM share AS s JOIN session AS x ON x.tenant = s.tenant AND x.session = s.session
        WHERE s.tenant = $1 AND x.tenant = $1 AND s.block = ANY($2)
        """;

    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var terms = SearchTerms.Of(query.Words);
        if (terms.Count == 0 || query.Limit <= 0)
            return [];
        var postings = await FindBlocksAsync(terms, cancellationToken).ConfigureAwait(false);
        var weights = postings.Weigh(terms, index.Hash);
        if (weights.Count == 0)
            return [];
        var blocks = postings.Score(weights, index.Hash,
            query.SessionId is null ? null : await FindHeldAsync(query.SessionId, cancellationToken).ConfigureAwait(false));
        var found = new List<Match>();
        var read = 0L;
        for (var next = 0; next < Math.Min(MostBlocks, blocks.Count) && read < MostBytes && !IsFull(found, query.Limit, blocks[next].Score);
            next += Page)
        {
            var page = blocks.Skip(next).Take(Page).Select(block => block.Number).ToArray();
            var packed = await database.ReadAsync(new Statement(ReadBlocks, database.Tenant, page), ReadAll, cancellationToken)
                .ConfigureAwait(false);
            var holders = await database.ReadAsync(new Statement(ReadHolders, database.Tenant, page), ReadHolding, cancellationToken)
                .ConfigureAwait(false);
            foreach (var block in packed)
            {
                read += block.Length;
                found.AddRange(Look(block, weights, holders[block.Number].ToList(), query.SessionId));
            }

            // Two writers at once may have packed the same original: one of them is nobody's.
            found = [.. found.OrderByDescending(match => match.Score).ThenByDescending(match => match.Block)
                .ThenByDescending(match => match.Slot)
                .DistinctBy(match => match.Original.Fingerprint).Take(query.Limit)];
        }

        return found.ConvertAll(match => new SearchHit(
            Handle.Of(match.Original.Fingerprint), match.Session, match.Original.Message.Role, match.At,
            SearchText.Excerpt(SearchText.Of(match.Original.Message), terms)));
    }

    // Sums of the same weights in another order differ in their last digits.
    private static bool IsFull(List<Match> found, int limit, double best) => found.Count >= limit && found[limit - 1].Score >= best - 1e-9;

    // What others keep at this moment, or this role may not index, is looked at as it is.
    private async Task<TermPostings> FindBlocksAsync(IReadOnlyCollection<string> terms, CancellationToken cancellationToken)
    {
        try
        {
            await index.CatchUpAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveException e) when (e.Fault is ArchiveFault.ReadOnly or ArchiveFault.Denied)
        {
            // Who may only read does not leave the index as it should be for the next one.
        }

        var codes = index.Hash.Of(terms);
        int[] parts = [TermRun.Whole, .. codes.Select(TermRun.PartOf).Distinct()];
        return await database.ReadAsync(
            [new(TermIndex.FindPending, database.Tenant, MostPending), new(FindTerms, database.Tenant, parts)],
            async (reader, cancellationToken) =>
            {
                var postings = new TermPostings(codes);
                foreach (var (number, block) in await TermIndex.ReadPending(reader, cancellationToken).ConfigureAwait(false))
                    postings.Add(TermRun.Whole, [(number, index.CodesOf(block))]);
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    postings.Add(reader.GetInt32(0), TermRun.Read(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1)));
                return postings;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<HashSet<long>> FindHeldAsync(string session, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(FindHeld, database.Tenant, PgText.Escape(session)),
        static async (reader, cancellationToken) =>
        {
            var blocks = new HashSet<long>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                blocks.Add(reader.GetInt64(0));
            return blocks;
        },
        cancellationToken);

    private static IEnumerable<Match> Look(StoredBlock block, Dictionary<string, double> weights, List<Holder> holders, string? session)
    {
        var unpacked = block.Unpack();
        for (var slot = block.Items.Count - 1; slot >= 0; slot--)
        {
            if (block.Items[slot] is { Length: 0 } or { IsMade: true })
                continue;
            var holding = holders.Where(holder => holder.Slots?.Contains(slot) != false).ToList();
            if (holding.Count == 0 || (session is not null && holding.TrueForAll(holder => holder.Session != session)))
                continue;
            var original = block.Decode(unpacked, slot);
            var held = SearchTerms.Of(SearchText.Of(original.Message)).ToHashSet(StringComparer.Ordinal);
            var score = weights.Sum(word => held.Contains(word.Key) ? word.Value : 0);
            if (score > 0)
                yield return new Match(
                    original, score, block.Number, slot, block.At, session ?? holding.MaxBy(holder => holder.Changed)!.Session);
        }
    }

    private static async Task<List<StoredBlock>> ReadAll(Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var blocks = new List<StoredBlock>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            blocks.Add(StoredBlock.Read(reader));
        return blocks;
    }

    private static async Task<ILookup<long, Holder>> ReadHolding(Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var holders = new List<(long Block, Holder Holder)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            holders.Add((
                reader.GetInt64(0),
                new Holder(
                    PgText.Unescape(reader.GetString(1)), reader.IsDBNull(2) ? null : reader.GetFieldValue<int[]>(2), reader.GetInt64(3))));
        }

        return holders.ToLookup(holder => holder.Block, holder => holder.Holder);
    }

    private sealed record Holder(string Session, int[]? Slots, long Changed);

    private sealed record Match(ArchivedOriginal Original, double Score, long Block, int Slot, DateTimeOffset At, string Session);
}
