using Strata.Calls;
using Strata.Summaries;

namespace Strata.Ladder;

/// <summary>Several observers as one.</summary>
public static class LadderObservers
{
    /// <summary>Tells each of <paramref name="observers"/> in order; what one throws stops nobody. Null ones are left out.</summary>
    public static ILadderObserver All(params IEnumerable<ILadderObserver?> observers) =>
        new Each(new Listeners<ILadderObserver>(observers));

    /// <summary>The same, with a list that grows.</summary>
    internal static ILadderObserver Of(Listeners<ILadderObserver> observers) => new Each(observers);

    private sealed class Each(Listeners<ILadderObserver> observers) : ILadderObserver
    {
        public void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel) => observers.Tell(observer => observer.OnPlanned(nodesByLevel));

        public void OnWritten(SummaryNode node, int coveredTokens) => observers.Tell(observer => observer.OnWritten(node, coveredTokens));

        public void OnReused(SummaryNode node, int coveredTokens) => observers.Tell(observer => observer.OnReused(node, coveredTokens));
    }
}
