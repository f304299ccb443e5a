using Microsoft.Extensions.AI;

namespace Strata.Ranking;

/// <summary>
/// Ranks documents first and embeds only the best of them. Any <see cref="IEmbeddingGenerator{TInput, TEmbedding}"/> will do.
/// </summary>
/// <param name="ranker">Chooses; <see cref="LexicalRanker"/> needs no model.</param>
/// <param name="generator">Embeds what survives, in one call.</param>
public sealed class PreRankedEmbeddings(IDocumentRanker ranker, IEmbeddingGenerator<string, Embedding<float>> generator)
{
    private readonly IDocumentRanker _ranker = ranker ?? throw new ArgumentNullException(nameof(ranker));
    private readonly IEmbeddingGenerator<string, Embedding<float>> _generator =
        generator ?? throw new ArgumentNullException(nameof(generator));

    /// <value>How many documents are embedded; null: <see cref="Share"/> of them.</value>
    public int? Top { get; init; }

    /// <value>The share of the documents that is embedded, above 0 and at most 1, where <see cref="Top"/> is null; a part of a document
    /// counts as one. The default is 0.3: seed 0 saves 70 % of the embeddings.</value>
    public double Share { get; init; } = .3;

    /// <summary>The best documents, the best first, each with its embedding.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Top"/> is below 1 or <see cref="Share"/> is no share.</exception>
    /// <exception cref="InvalidOperationException">The generator returned more or fewer embeddings than it was given texts.</exception>
    public async ValueTask<PreRankedResult> GenerateAsync(
        string query, IReadOnlyList<RankableDocument> documents, EmbeddingGenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        ArgumentOutOfRangeException.ThrowIfLessThan(Top ?? 1, 1, nameof(Top));
        if (!(Share is > 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(Share), Share, "Give a share above 0 and at most 1, such as 0.3 for 30 %.");
        // Decimal, because 0.3 × 10 is above 3 in binary floating point.
        var top = Top ?? (int)decimal.Ceiling((decimal)Share * documents.Count);
        if (documents.Count == 0)
            return new PreRankedResult([], 0, 0, Usage: null);

        var best = await _ranker.RankAsync(query, documents, top, cancellationToken).ConfigureAwait(false);
        var embeddings = await _generator.GenerateAsync(
            best.Select(document => Text(documents[document.Index])), options, cancellationToken).ConfigureAwait(false);
        if (embeddings.Count != best.Count)
            throw new InvalidOperationException($"The embedding generator returned {embeddings.Count} embeddings for {best.Count} texts.");
        return new PreRankedResult([.. best.Zip(embeddings, (document, embedding) => new EmbeddedDocument(document, embedding))],
            documents.Count, best.Count, embeddings.Usage);
    }

    private static string Text(RankableDocument document) =>
        string.IsNullOrWhiteSpace(document.Title) ? document.Text : document.Title + "\n" + document.Text;
}

/// <summary>What was embedded and what that saved.</summary>
/// <param name="Documents">The best first.</param>
/// <param name="Asked">Documents that were given.</param>
/// <param name="Embedded">Documents that were embedded.</param>
/// <param name="Usage">As the generator reports it; null when it reports none.</param>
public sealed record PreRankedResult(IReadOnlyList<EmbeddedDocument> Documents, int Asked, int Embedded, UsageDetails? Usage)
{
    /// <summary>The share of the embeddings that was not needed: 0.7 is 70 %.</summary>
    public double Saved => Asked == 0 ? 0 : 1 - Embedded / (double)Asked;
}

/// <summary>A document that was embedded.</summary>
public sealed record EmbeddedDocument(RankedDocument Document, Embedding<float> Embedding);
