namespace Strata.Summaries.Ladder;

/// <summary>Is told of every node of the ladder, for metrics. Called from several threads at once; what it throws is swallowed.</summary>
/// <remarks>The calls themselves are told to <see cref="Calls.ICallObserver"/>.</remarks>
public interface ILadderObserver
{
    /// <summary>A node was written.</summary>
    /// <param name="node">Its level is 0 where no model wrote it.</param>
    /// <param name="coveredTokens">Tokens of what it stands for: groups at level 1, the summaries of the level below above that.</param>
    /// <param name="coherence">The quality gate's measure, 0 to 1; null where it did not measure.</param>
    void OnWritten(SummaryNode node, int coveredTokens, double? coherence);

    /// <summary>A node came from the store: nobody was asked.</summary>
    /// <param name="node">What was found.</param>
    /// <param name="coveredTokens">As in <see cref="OnWritten"/>.</param>
    void OnReused(SummaryNode node, int coveredTokens);
}
