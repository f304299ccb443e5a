namespace Strata.Ranking.Lexical;

/// <summary>Documents as vectors of weighted terms. What belongs to document d lies between Starts[d] and Starts[d + 1].</summary>
/// <param name="Starts">Into <paramref name="Terms"/> and <paramref name="Weights"/>.</param>
/// <param name="Terms">The distinct terms of each document.</param>
/// <param name="Weights">BM25's, each document's divided by one number.</param>
/// <param name="Divisors">That number.</param>
/// <param name="Rarity">Of each term: the inverse document frequency.</param>
/// <param name="Mean">Of all vectors.</param>
/// <param name="SequenceStarts">Into <paramref name="Sequence"/>.</param>
/// <param name="Sequence">All terms of each document in order.</param>
internal sealed record TermVectors(
    int[] Starts, int[] Terms, float[] Weights, float[] Divisors, float[] Rarity, float[] Mean, int[] SequenceStarts, int[] Sequence)
{
    public int Count => Divisors.Length;

    public ReadOnlySpan<int> TermsOf(int document) => Terms.AsSpan(Starts[document]..Starts[document + 1]);

    public ReadOnlySpan<float> WeightsOf(int document) => Weights.AsSpan(Starts[document]..Starts[document + 1]);

    public ReadOnlySpan<int> SequenceOf(int document) => Sequence.AsSpan(SequenceStarts[document]..SequenceStarts[document + 1]);

    /// <summary>The product of a document and <paramref name="query"/>, which has a weight for each term.</summary>
    public float Dot(int document, ReadOnlySpan<float> query)
    {
        var terms = TermsOf(document);
        var weights = WeightsOf(document);
        var sum = 0f;
        for (var i = 0; i < terms.Length; i++)
            sum += weights[i] * query[terms[i]];
        return sum;
    }
}
