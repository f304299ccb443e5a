using System.Diagnostics;

namespace Strata.Summaries.Ladder;

/// <summary>Several observers as one.</summary>
public static class LadderObservers
{
    /// <summary>Tells each of <paramref name="observers"/> in order; what one throws stops nobody. Null ones are left out.</summary>
    public static ILadderObserver All(params IEnumerable<ILadderObserver?> observers) => new Each([.. observers.OfType<ILadderObserver>()]);

    private sealed class Each(ILadderObserver[] observers) : ILadderObserver
    {
        public void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel) => Tell(observer => observer.OnPlanned(nodesByLevel));

        public void OnWritten(SummaryNode node, int coveredTokens) => Tell(observer => observer.OnWritten(node, coveredTokens));

        public void OnReused(SummaryNode node, int coveredTokens) => Tell(observer => observer.OnReused(node, coveredTokens));

        private void Tell(Action<ILadderObserver> what)
        {
            foreach (var observer in observers)
            {
                try
                {
                    what(observer);
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    Trace.TraceWarning("An observer of summaries failed: {0}", e);
                }
            }
        }
    }
}
