using Strata.Tokens;

namespace Strata.Ranking.Rated;

/// <summary>Documents that are rated in one call.</summary>
/// <param name="Indexes">Among those that were given.</param>
/// <param name="Texts">As the model sees them: cut and escaped.</param>
internal sealed record RatingBatch(IReadOnlyList<int> Indexes, IReadOnlyList<string> Texts)
{
    /// <summary>Splits documents in their order, so that the tokens of a batch fit into <paramref name="window"/>.</summary>
    public static IEnumerable<RatingBatch> Split(
        string query, IReadOnlyList<RankableDocument> documents, ModelRankerOptions options, int window)
    {
        var counter = TokenCounters.ForEncoding("o200k_base");
        var room = Math.Max(1, window - RatingPrompt.Overhead - counter.CountUpTo(query, window));
        var (indexes, texts, used) = (new List<int>(), new List<string>(), 0);
        for (var i = 0; i < documents.Count; i++)
        {
            var text = RatingPrompt.Quote(Cut(documents[i], counter, options.MaxDocumentTokens));
            var tokens = counter.Count(text) + RatingPrompt.PerDocument;
            if (indexes.Count > 0 && (indexes.Count == options.DocumentsPerCall || used + tokens > room))
            {
                yield return new RatingBatch(indexes, texts);
                (indexes, texts, used) = ([], [], 0);
            }

            indexes.Add(i);
            texts.Add(text);
            used += tokens;
        }

        if (indexes.Count > 0)
            yield return new RatingBatch(indexes, texts);
    }

    private static string Cut(RankableDocument document, ITokenCounter counter, int maxTokens)
    {
        var text = string.IsNullOrWhiteSpace(document.Title) ? document.Text : document.Title + "\n" + document.Text;
        return text[..counter.FitHead(text, maxTokens)];
    }
}
