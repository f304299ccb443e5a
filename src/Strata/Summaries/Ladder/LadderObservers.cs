using Strata.Calls;

namespace Strata.Summaries.Ladder;

/// <summary>Several observers as one.</summary>
public static class LadderObservers
{
    /// <summary>Tells each of <paramref name="observers"/> in order; what one throws stops no other. Null ones are left out.</summary>
    public static ILadderObserver All(params IEnumerable<ILadderObserver?> observers) => new Each(new Listeners<ILadderObserver>(observers));

    private sealed class Each(Listeners<ILadderObserver> observers) : ILadderObserver
    {
        public void OnWritten(SummaryNode node, int coveredTokens, double? coherence) => observers.Tell(observer => observer.OnWritten(node, coveredTokens, coherence));

        public void OnReused(SummaryNode node, int coveredTokens) => observers.Tell(observer => observer.OnReused(node, coveredTokens));
    }
}
