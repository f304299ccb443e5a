using Strata.Transcripts;

namespace Strata.Archives.InMemory;

/// <summary>Searches originals one by one.</summary>
internal static class OriginalSearch
{
    public static IReadOnlyList<SearchHit> Find(
        SearchQuery query, IEnumerable<StoredOriginal> originals, IEnumerable<StoredSession> sessions)
    {
        var terms = SearchTerms.Of(query.Words);
        var newestFirst = sessions.OrderByDescending(session => session.LastChange)
            .Where(session => query.SessionId is null || session.Id == query.SessionId).ToList();
        var candidates = originals.Where(original => !original.IsMade).ToList();
        var weights = terms.ToDictionary(term => term,
            term => Math.Log(1 + (candidates.Count / (1.0 + candidates.Count(original => original.Terms.Contains(term))))),
            StringComparer.Ordinal);
        return
        [
            .. (from original in candidates
                let score = terms.Where(original.Terms.Contains).Sum(term => weights[term])
                where score > 0
                let session = newestFirst.Find(session => session.Messages.Contains(original.Fingerprint))
                where session is not null
                orderby score descending, original.At descending
                select Hit(original, session, terms)).Take(query.Limit),
        ];
    }

    private static SearchHit Hit(StoredOriginal original, StoredSession session, IReadOnlyCollection<string> terms)
    {
        var message = original.Read().Message;
        return new SearchHit(
            Handle.Of(original.Fingerprint), session.Id, message.Role, original.At, SearchText.Excerpt(SearchText.Of(message), terms));
    }
}
