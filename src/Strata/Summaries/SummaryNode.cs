using Strata.Calls;

namespace Strata.Summaries;

/// <summary>A summary of one part of a conversation: what is paid for once.</summary>
/// <param name="Key">Address by content: what it covers, who writes it, with which instructions, how long.</param>
/// <param name="Level">0 without a model, 1 per turn, 2 per ten turns, 3 whole.</param>
/// <param name="Text">The accepted text.</param>
/// <param name="Tokens">Tokens of <paramref name="Text"/>.</param>
/// <param name="WrittenBy">The model, or level 0's name.</param>
/// <param name="Usage">What all attempts took, those that failed included; zero where it came from the store.</param>
/// <param name="Failures">What failed before it was written, in order.</param>
public sealed record SummaryNode(
    string Key, int Level, string Text, int Tokens, string WrittenBy, CallUsage Usage, IReadOnlyList<CallFailure> Failures)
{
    /// <summary>What the quality gate measured; null where no model wrote.</summary>
    public QualityMetrics? Quality { get; init; }

    /// <summary>Whether a piece of what it covers was not read because models were down: such a node is not kept.</summary>
    internal bool LacksPieces { get; init; }
}
