namespace Strata.Benchmarks.Ranking;

/// <summary>
/// Means over queries: the share of the relevant documents in the best 30 %, average precision, and nDCG of the best ten, all binary.
/// </summary>
internal sealed class RankingScores
{
    private double _recall;
    private double _precision;
    private double _gain;
    private int _count;

    public double Recall => _recall / _count;

    public double Precision => _precision / _count;

    public double Gain => _gain / _count;

    public void Add(IReadOnlyList<int> ranking, HashSet<int> relevant)
    {
        _count++;
        _recall += ranking.Take((int)Math.Ceiling(.3 * ranking.Count)).Count(relevant.Contains) / (double)relevant.Count;
        var (hits, precision, gain) = (0, 0.0, 0.0);
        for (var i = 0; i < ranking.Count; i++)
        {
            if (!relevant.Contains(ranking[i]))
                continue;
            precision += ++hits / (i + 1.0);
            gain += i < 10 ? 1 / Math.Log2(i + 2) : 0;
        }

        _precision += precision / relevant.Count;
        _gain += gain / Enumerable.Range(0, Math.Min(10, relevant.Count)).Sum(i => 1 / Math.Log2(i + 2));
    }
}
