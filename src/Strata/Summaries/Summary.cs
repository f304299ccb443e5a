using Strata.Calls;

namespace Strata.Summaries;

/// <summary>A summary that was written.</summary>
/// <param name="Text">The text of the summary message; its first line is a <see cref="Strata.Transcripts.SummaryHeader"/>.</param>
/// <param name="Tokens">Tokens of <paramref name="Text"/>.</param>
/// <param name="Level">0 extractive, no model; 1 per turn; 2 per ten turns; 3 whole.</param>
/// <param name="WrittenBy">The summarizer's name.</param>
public sealed record Summary(string Text, int Tokens, int Level, string WrittenBy)
{
    /// <summary>The nodes that it is made of, oldest first; empty where one text was written.</summary>
    public IReadOnlyList<SummaryNode> Nodes { get; init; } = [];

    /// <summary>What models took for it, at all levels and with all that failed; nodes that were paid for before are not in it.</summary>
    public CallUsage Usage { get; init; }
}
