using Strata.Summaries;

namespace Strata.Ladder;

/// <summary>
/// Is told how summaries come about, for progress and metrics. Called from several threads at once; what it throws is swallowed.
/// </summary>
/// <remarks>The calls themselves are told to <see cref="Calls.ICallObserver"/>.</remarks>
public interface ILadderObserver
{
    /// <summary>What a summary is going to need, by level; nodes that the store has are among them.</summary>
    void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel);

    /// <summary>A node was written.</summary>
    /// <param name="node">Its level is 0 where no model wrote it.</param>
    /// <param name="coveredTokens">Tokens of what it stands for: groups at level 1, the summaries of the level below above that.</param>
    void OnWritten(SummaryNode node, int coveredTokens);

    /// <summary>A node came from the store: nobody was asked.</summary>
    /// <param name="node">What was found.</param>
    /// <param name="coveredTokens">As in <see cref="OnWritten"/>.</param>
    void OnReused(SummaryNode node, int coveredTokens);
}
