namespace Strata.Ranking;

/// <summary>Ranks by words, without a model. For several queries over the same documents, keep a <see cref="LexicalIndex"/>.</summary>
public sealed class LexicalRanker : IDocumentRanker
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RankedDocument>> RankAsync(
        string query, IReadOnlyList<RankableDocument> documents, int? top = null, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(LexicalIndex.Create(documents, cancellationToken).Rank(query, top, cancellationToken: cancellationToken));
}
