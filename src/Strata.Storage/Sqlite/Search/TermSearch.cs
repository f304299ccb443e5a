using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Sqlite.Native;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Search;

/// <summary>
/// Finds originals by terms. An original's score is the sum of the weights of the terms that it holds, rare ones weighing more. Terms that stand in a few thousand
/// originals are looked at in all of them; of those that stand everywhere only the newest, beside those in which rare ones stand too: that bounds the time.
/// </summary>
internal sealed class TermSearch(Connection db, long tenant)
{
    // Reading so many entries of the index takes about a millisecond.
    private const int MostOfATerm = 4_096;

    // A query is a few words; more terms than these come from a pasted text.
    private const int MostTerms = 48;

    private readonly Originals _originals = new(db, tenant);
    private readonly Dictionary<long, double> _scores = [];

    public IReadOnlyList<SearchHit> Find(SearchQuery query)
    {
        var terms = SearchTerms.Of(query.Words).Take(MostTerms).ToList();
        var session = query.SessionId is null ? null : new Sessions(db, tenant).Find(query.SessionId);
        if (terms.Count == 0 || query.Limit < 1 || (query.SessionId is not null && session is null))
            return [];
        Score(terms, session is { } id ? new HeldBy(new Holdings(db, id)) : null);
        return [.. _scores.OrderByDescending(score => score.Value).ThenByDescending(score => score.Key)
            .Select(score => _originals.FindRow(score.Key)).OfType<OriginalRow>().Select(row => Hit(row, query.SessionId, terms)).OfType<SearchHit>().Take(query.Limit)];
    }

    private void Score(List<string> terms, HeldBy? session)
    {
        var newest = db.Number("SELECT max(id) FROM originals");
        var (rare, common) = (new List<string>(), new List<(string Match, double Weight, List<long> Newest)>());
        foreach (var match in terms.Where(TermCode.IsIndexed).Select(Match))
        {
            var ids = Ids(match, session);
            if (ids.Count <= MostOfATerm)
            {
                rare.Add(match);
                Add(ids, Weight(newest, ids.Count));
            }
            else
            {
                // How densely the newest ones lie tells how many there are.
                common.Add((match, Weight(newest, (double)MostOfATerm * newest / Math.Max(1, newest - ids[^1])), ids));
            }
        }

        foreach (var (match, weight, ids) in common)
            Add(_scores.Count == 0 || rare.Count == 0 ? ids : [.. Ids($"({string.Join(" OR ", rare)}) AND {match}", session), .. ids], weight);
        if (common.Count > 1)
        {
            foreach (var id in Ids(string.Join(" AND ", common.Select(term => term.Match)), session))
                _scores[id] = Math.Max(_scores.GetValueOrDefault(id), common.Sum(term => term.Weight));
        }
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
        using var find = db.Use($"SELECT rowid FROM {TermTable.NameOf(tenant)} WHERE {TermTable.NameOf(tenant)} MATCH ?1 AND rowid BETWEEN ?2 AND ?3 ORDER BY rowid DESC");
        for (find.Bind(1, match).Bind(2, session?.First ?? 0).Bind(3, session?.Last ?? long.MaxValue); ids.Count <= MostOfATerm && find.Step();)
        {
            if (session?.Holds(find.Int64(0)) != false)
                ids.Add(find.Int64(0));
        }

        return ids;
    }

    // Null where only a code was the same, and where the original is damaged, which the doctor says.
    private SearchHit? Hit(OriginalRow row, string? session, List<string> terms)
    {
        ChatMessage message;
        try
        {
            message = _originals.Read([row])[0].Message;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            return null;
        }

        var text = SearchText.Of(message);
        return SearchTerms.Of(text) is var held && terms.Exists(held.Contains)
            ? new SearchHit(Handle.Of(row.Fingerprint), session ?? NewestSession(row), message.Role, Instant.Of(row.At), SearchText.Excerpt(text, terms))
            : null;
    }

    private string NewestSession(OriginalRow row)
    {
        using var find = db.Use("SELECT session FROM sessions WHERE id = ?1 OR id IN (SELECT session FROM shared WHERE original = ?2) ORDER BY changed DESC LIMIT 1");
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
            First = Math.Min(_spans.Select(span => span.First).DefaultIfEmpty(long.MaxValue).Min(), _shared.DefaultIfEmpty(long.MaxValue).Min());
            Last = Math.Max(_spans.Select(span => span.Last).DefaultIfEmpty().Max(), _shared.DefaultIfEmpty().Max());
        }

        public long First { get; }

        public long Last { get; }

        public bool Holds(long id) => _shared.Contains(id) || _spans.Any(span => span.First <= id && id <= span.Last);
    }
}
