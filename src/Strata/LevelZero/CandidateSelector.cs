using Strata.Facts.Names;

namespace Strata.LevelZero;

/// <summary>
/// Lazy greedy choice: again and again the candidate that brings most new identifiers, weighted by how likely they are needed, for its
/// length. What is covered already counts nothing, so nothing is said twice.
/// </summary>
internal sealed class CandidateSelector(IdentifierTable identifiers)
{
    // An entry costs its mark and its line break even when it is short.
    private const double EntryChars = 10;

    // What a sentence says beyond its names fades with its distance from the end of the session, down to this share at the beginning.
    private const double OldestShare = 0.3;

    private readonly HashSet<int> _covered = [];

    /// <summary>Notes that a text stands in the summary.</summary>
    public void Cover(string text)
    {
        foreach (var number in identifiers.Find(text))
            _covered.Add(number);
    }

    public bool IsCovered(int number) => _covered.Contains(number);

    /// <summary>Offers candidates, best first; <paramref name="take"/> says whether one was used.</summary>
    public void Choose(IEnumerable<Candidate> candidates, int ordersInAll, Func<Candidate, bool> take, Func<bool> isFull)
    {
        var queue = new PriorityQueue<Candidate, (double, int)>();
        queue.EnqueueRange(candidates.Select(candidate => (candidate, (-Density(candidate, ordersInAll), -candidate.Order))));
        while (queue.TryDequeue(out var candidate, out var priority) && !isFull())
        {
            var density = -Density(candidate, ordersInAll);
            if (density > priority.Item1 && queue.TryPeek(out _, out var next) && density > next.Item1)
            {
                queue.Enqueue(candidate, (density, -candidate.Order));
                continue;
            }

            if (density >= 0)
                return;
            if (!take(candidate))
                continue;
            foreach (var number in candidate.Identifiers)
                _covered.Add(number);
        }
    }

    private double Density(Candidate candidate, int ordersInAll)
    {
        var share = ordersInAll == 0 ? 1 : candidate.Order / (double)ordersInAll;
        var gain = candidate.Bonus * (OldestShare + ((1 - OldestShare) * share * share));
        foreach (var number in candidate.Identifiers)
        {
            if (!_covered.Contains(number))
                gain += identifiers.ValueOf(number) * candidate.Weight;
        }

        return gain / (candidate.Text.Length + EntryChars);
    }
}
