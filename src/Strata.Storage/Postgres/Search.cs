using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Storage.Postgres;

/// <summary>
/// Finds originals by words. The index knows which blocks hold which terms; the blocks that hold most are looked through first, the newest first among equals,
/// and the search ends when no block that is left can hold anything better.
/// </summary>
internal sealed class Search(Database database)
{
    // What one search reads at most, uncompressed: about a second of a processor. Only words that many blocks hold together but no message does come so far.
    private const long MostBytes = 48L * 1024 * 1024;
    private const int MostBlocks = 4096;
    private const int Page = 4;

    private const string CountBlocks = """
        SELECT w.word, (SELECT count(*) FROM term WHERE tenant = $1 AND terms @> ARRAY[w.word])::int, (SELECT count(*) FROM term WHERE tenant = $1)::int
        FROM unnest($2::int[]) AS w(word)
        """;

    // Each term is looked for by itself, so that the server need not read what other terms a block has.
    private const string FindBlocks = """
        SELECT c.block, c.score FROM (
            SELECT t.block, sum(w.weight) AS score FROM unnest($2::int[], $3::double precision[]) AS w(word, weight)
            CROSS JOIN LATERAL (SELECT block FROM term WHERE tenant = $1 AND terms @> ARRAY[w.word]) AS t GROUP BY t.block) AS c
        WHERE $4::text IS NULL OR EXISTS (SELECT FROM block AS b WHERE b.tenant = $1 AND b.block = c.block AND b.session = $4)
            OR EXISTS (SELECT FROM share AS s WHERE s.tenant = $1 AND s.block = c.block AND s.session = $4)
        ORDER BY c.score DESC, c.block DESC LIMIT $5
        """;

    private const string ReadBlocks = $"SELECT {Block.Columns} FROM block AS b WHERE b.tenant = $1 AND b.block = ANY($2)";

    private const string ReadHolders = """
        SELECT b.block, b.session, NULL::int[], x.changed FROM block AS b JOIN session AS x ON x.tenant = b.tenant AND x.session = b.session
        WHERE b.tenant = $1 AND x.tenant = $1 AND b.block = ANY($2)
        UNION ALL
        SELECT s.block, s.session, s.slots, x.changed FROM share AS s JOIN session AS x ON x.tenant = s.tenant AND x.session = s.session
        WHERE s.tenant = $1 AND x.tenant = $1 AND s.block = ANY($2)
        """;

    private readonly TermHash _hash = new(database.Tenant);

    public async Task<IReadOnlyList<SearchHit>> FindAsync(SearchQuery query, CancellationToken cancellationToken)
    {
        var terms = SearchTerms.Of(query.Words);
        if (terms.Count == 0 || query.Limit <= 0)
            return [];
        var weights = await WeighAsync(terms, cancellationToken).ConfigureAwait(false);
        if (weights.Count == 0)
            return [];
        var find = new Statement(
            FindBlocks, database.Tenant, weights.Keys.Select(_hash.Of).ToArray(), weights.Values.ToArray(), PgText.EscapeOrNull(query.SessionId), MostBlocks);
        var blocks = await database.ReadAsync(find, ReadCandidates, cancellationToken).ConfigureAwait(false);
        var found = new List<Match>();
        var read = 0L;
        for (var next = 0; next < blocks.Count && read < MostBytes && !IsFull(found, query.Limit, blocks[next].Score); next += Page)
        {
            var page = blocks.Skip(next).Take(Page).Select(block => block.Number).ToArray();
            var packed = await database.ReadAsync(new Statement(ReadBlocks, database.Tenant, page), ReadAll, cancellationToken).ConfigureAwait(false);
            var holders = await database.ReadAsync(new Statement(ReadHolders, database.Tenant, page), ReadHolding, cancellationToken).ConfigureAwait(false);
            foreach (var block in packed)
            {
                read += block.Length;
                found.AddRange(Look(block, weights, holders[block.Number].ToList(), query.SessionId));
            }

            // Two writers at once may have packed the same original: one of them is nobody's.
            found = [.. found.OrderByDescending(match => match.Score).ThenByDescending(match => match.Block).ThenByDescending(match => match.Slot)
                .DistinctBy(match => match.Original.Fingerprint).Take(query.Limit)];
        }

        return found.ConvertAll(match => new SearchHit(
            Handle.Of(match.Original.Fingerprint), match.Session, match.Original.Message.Role, match.At, SearchText.Excerpt(SearchText.Of(match.Original.Message), terms)));
    }

    // Sums of the same weights in another order differ in their last digits.
    private static bool IsFull(List<Match> found, int limit, double best) => found.Count >= limit && found[limit - 1].Score >= best - 1e-9;

    // A word that few blocks hold says more than one that most do.
    private Task<Dictionary<string, double>> WeighAsync(IReadOnlyCollection<string> terms, CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(CountBlocks, database.Tenant, _hash.Of(terms)),
        async (reader, cancellationToken) =>
        {
            var weights = new Dictionary<int, double>();
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                if (reader.GetInt32(1) > 0)
                    weights[reader.GetInt32(0)] = Math.Log(1 + (reader.GetInt32(2) / (1.0 + reader.GetInt32(1))));
            }

            return terms.Where(term => weights.ContainsKey(_hash.Of(term))).ToDictionary(term => term, term => weights[_hash.Of(term)], StringComparer.Ordinal);
        },
        cancellationToken);

    private static IEnumerable<Match> Look(Block block, Dictionary<string, double> weights, List<Holder> holders, string? session)
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
            var held = Stager.TermsOf(original.Message).ToHashSet(StringComparer.Ordinal);
            var score = weights.Sum(word => held.Contains(word.Key) ? word.Value : 0);
            if (score > 0)
                yield return new Match(original, score, block.Number, slot, block.At, session ?? holding.MaxBy(holder => holder.Changed)!.Session);
        }
    }

    private static async Task<List<(long Number, double Score)>> ReadCandidates(Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var blocks = new List<(long Number, double Score)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            blocks.Add((reader.GetInt64(0), reader.GetDouble(1)));
        return blocks;
    }

    private static async Task<List<Block>> ReadAll(Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var blocks = new List<Block>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            blocks.Add(Block.Read(reader));
        return blocks;
    }

    private static async Task<ILookup<long, Holder>> ReadHolding(Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var holders = new List<(long Block, Holder Holder)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            holders.Add((
                reader.GetInt64(0),
                new Holder(PgText.Unescape(reader.GetString(1)), reader.IsDBNull(2) ? null : reader.GetFieldValue<int[]>(2), reader.GetInt64(3))));
        }

        return holders.ToLookup(holder => holder.Block, holder => holder.Holder);
    }

    private sealed record Holder(string Session, int[]? Slots, long Changed);

    private sealed record Match(ArchivedOriginal Original, double Score, long Block, int Slot, DateTimeOffset At, string Session);
}
