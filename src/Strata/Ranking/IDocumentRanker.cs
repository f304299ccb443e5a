namespace Strata.Ranking;

/// <summary>Sorts documents by how much they say about a query.</summary>
public interface IDocumentRanker
{
    /// <summary>The documents, the best first; those of one score stay in the order given.</summary>
    /// <param name="query">A question or some words. Where no document has any of them, all scores are 0.</param>
    /// <param name="documents">Not changed.</param>
    /// <param name="top">How many to return, 1 or more; null: all.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    ValueTask<IReadOnlyList<RankedDocument>> RankAsync(
        string query, IReadOnlyList<RankableDocument> documents, int? top = null, CancellationToken cancellationToken = default);
}
