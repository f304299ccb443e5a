namespace Strata.Summaries.Ladder;

/// <summary>Is told how summaries come about, for progress and metrics. Called from several threads at once; must not throw.</summary>
public interface ILadderObserver
{
    /// <summary>What is going to be needed, by level; nodes that the store has are among them.</summary>
    void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel);

    /// <summary>A node is there.</summary>
    /// <param name="node">The node.</param>
    /// <param name="source">Where it comes from.</param>
    /// <param name="coveredTokens">Tokens of what it was written from.</param>
    void OnNode(SummaryNode node, NodeSource source, int coveredTokens);
}

/// <summary>Where a node comes from.</summary>
public enum NodeSource
{
    /// <summary>A model wrote it now.</summary>
    Model,

    /// <summary>It was paid for before.</summary>
    Store,

    /// <summary>No model did; level 0 wrote it, and it is not kept.</summary>
    LevelZero,
}
