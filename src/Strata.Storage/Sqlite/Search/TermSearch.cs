using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Search;

/// <summary>
/// Finds originals by terms. An original's score is the sum of the weights of the terms that it holds, rare ones weighing more. Terms that
/// stand in a few thousand originals are looked at in all of them; of those that stand everywhere only the newest, beside those in which
/// rare ones stand too: that bounds the time. The more terms, the fewer of each.
/// </summary>
internal sealed class TermSearch(Connection db, long tenant)
{
    // Entries of the index that a search reads; a thousand take a little less than a millisecond.
    private const int MostEntries = 24_576;
    private const int MostOfATerm = 4_096;
    private const int LeastOfATerm = 256;

    // Where words stand everywhere, the heaviest few decide between originals that hold the same rare ones.
    private const int MostBeside = 4;
    private const int MostWithRare = 512;

    // A query is a few words; more terms than these come from a pasted text.
    private const int MostTerms = 48;

    // Hits are unpacked and looked at side by side; each may hold a block of 256 KB while that lasts.
    private const int AtOnce = 32;

    private readonly Originals _originals = new(db, tenant);
    private readonly Dictionary<long, double> _scores = [];
    private int _mostOfATerm = MostOfATerm;

    public IReadOnlyList<SearchHit> Find(SearchQuery query)
    {
        var terms = SearchTerms.Of(query.Words).Take(MostTerms).ToList();
        var session = query.SessionId is null ? null : new Sessions(db, tenant).Find(query.SessionId);
        if (terms.Count == 0 || query.Limit < 1 || (query.SessionId is not null && session is null))
            return [];
        Score(terms, session is { } id ? new HeldBy(new Holdings(db, id)) : null);
        return [.. _scores.OrderByDescending(score => score.Value).ThenByDescending(score => score.Key)
            .Select(score => _originals.FindRow(score.Key)).OfType<OriginalRow>().Chunk(Math.Min(query.Limit, AtOnce))
            .SelectMany(rows => Hits(rows, query.SessionId, terms)).Take(query.Limit)];
    }

    private void Score(List<string> terms, HeldBy? session)
    {
        var newest = db.Number("SELECT max(id) FROM originals");
        // Each is read at most twice: alone, and beside the rare ones.
        _mostOfATerm = Math.Clamp(MostEntries / (2 * terms.Count), LeastOfATerm, MostOfATerm);
        var (rare, common) = (new List<(string Match, int Count)>(), new List<(string Match, double Weight, List<long> Newest)>());
        foreach (var match in terms.Where(TermCode.IsIndexed).Select(Match))
        {
            var ids = Ids(match, session);
            if (ids.Count <= _mostOfATerm)
            {
                rare.Add((match, ids.Count));
                Add(ids, Weight(newest, ids.Count));
            }
            else
            {
                // How densely the newest ones lie tells how many there are.
                common.Add((match, Weight(newest, (double)_mostOfATerm * newest / Math.Max(1, newest - ids[^1])), ids));
            }
        }

        common.Sort((one, other) => other.Weight.CompareTo(one.Weight));
        var rarest = RarestOf(rare);
        for (var i = 0; i < common.Count; i++)
        {
            var (match, weight, ids) = common[i];
            Add(rarest.Length == 0 || i >= MostBeside ? ids : [.. Ids($"({rarest}) AND {match}", session), .. ids], weight);
        }

        if (common.Count > 1)
        {
            var heaviest = common.Take(MostBeside).ToList();
            foreach (var id in Ids(string.Join(" AND ", heaviest.Select(term => term.Match)), session))
                _scores[id] = Math.Max(_scores.GetValueOrDefault(id), heaviest.Sum(term => term.Weight));
        }
    }

    // As many as together stand in few enough originals for each common word to be looked for in all of them.
    private static string RarestOf(List<(string Match, int Count)> rare)
    {
        var left = MostWithRare;
        return string.Join(
            " OR ",
            rare.Where(term => term.Count > 0).OrderBy(term => term.Count).TakeWhile(term => (left -= term.Count) >= 0)
                .Select(term => term.Match));
    }

    private void Add(IEnumerable<long> ids, double weight)
    {
        foreach (var id in ids.Distinct())
            _scores[id] = _scores.GetValueOrDefault(id) + weight;
    }

    private static double Weight(long originals, double withTerm) => Math.Log(1 + (originals / (1 + withTerm)));

    // Newest first; one more than the most that are looked at where there are more.
    private List<long> Ids(string match, HeldBy? session)
    {
        var ids = new List<long>();
        using var find = db.Use($"SELECT rowid FROM {TermTable.NameOf(tenant)} WHERE {TermTable.NameOf(tenant)} MATCH ?1 AND rowid BETWEEN "
            + "?2 AND ?3 ORDER BY rowid DESC");
        for (find.Bind(1, match).Bind(2, session?.First ?? 0).Bind(3, session?.Last ?? long.MaxValue);
            ids.Count <= _mostOfATerm && find.Step();)
        {
            if (session?.Holds(find.Int64(0)) != false)
                ids.Add(find.Int64(0));
        }

        return ids;
    }

    private IEnumerable<SearchHit> Hits(OriginalRow[] rows, string? session, List<string> terms)
    {
        var found = Texts(rows).AsParallel().AsOrdered().Select(text => Look(text, terms)).ToList();
        return rows.Zip(found).Where(pair => pair.Second.Excerpt is not null).Select(pair => new SearchHit(
            Handle.Of(pair.First.Fingerprint), session ?? NewestSession(pair.First), pair.Second.Role, Instant.Of(pair.First.At),
            pair.Second.Excerpt!));
    }

    // Null where an original is damaged, which the doctor says.
    private ReadOnlyMemory<byte>?[] Texts(OriginalRow[] rows)
    {
        try
        {
            return [.. _originals.Texts(rows)];
        }
        catch (InvalidDataException)
        {
            return rows.Length == 1 ? [null] : [.. rows.Select(row => Texts([row])[0])];
        }
    }

    // Null, too, where only a code was the same.
    private static (ChatRole Role, string? Excerpt) Look(ReadOnlyMemory<byte>? text, List<string> terms)
    {
        try
        {
            return text is { } kept && ArchiveCodec.Decode(kept.Span) is var message
                ? (message.Role, SearchText.FindExcerpt(SearchText.Of(message), terms)) : default;
        }
        catch (FormatException)
        {
            return default;
        }
    }

    private string NewestSession(OriginalRow row)
    {
        using var find = db.Use("SELECT session FROM sessions WHERE id = ?1 OR id IN (SELECT session FROM shared WHERE original = ?2) "
            + "ORDER BY changed DESC LIMIT 1");
        return find.Bind(1, row.Session).Bind(2, row.Id).Step() ? find.Text(0) : "";
    }

    // In quotation marks everything is a word.
    private static string Match(string term) => $"\"{TermCode.Of(term)}\"";

    private sealed class HeldBy
    {
        private readonly IReadOnlyList<(long First, long Last)> _spans;
        private readonly HashSet<long> _shared;

        public HeldBy(Holdings holdings)
        {
            _spans = holdings.Spans();
            _shared = [.. holdings.Shared()];
            First = Math.Min(
                _spans.Select(span => span.First).DefaultIfEmpty(long.MaxValue).Min(), _shared.DefaultIfEmpty(long.MaxValue).Min());
            Last = Math.Max(_spans.Select(span => span.Last).DefaultIfEmpty().Max(), _shared.DefaultIfEmpty().Max());
        }

        public long First { get; }

        public long Last { get; }

        public bool Holds(long id) => _shared.Contains(id) || _spans.Any(span => span.First <= id && id <= span.Last);
    }
}
