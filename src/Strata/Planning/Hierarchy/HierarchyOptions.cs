namespace Strata.Planning.Hierarchy;

/// <summary>The shape of the tree of summaries that a strategy may plan with.</summary>
public sealed record HierarchyOptions
{
    /// <value>The levels that somebody writes, ascending; empty: level 0 alone tells what leaves.</value>
    public IReadOnlyList<LevelSize> Levels { get; init; } = [];

    /// <value>Turns of fewer tokens are told in their own words. Seed 0: 200.</value>
    public int PassThroughTokens { get; init; } = 200;

    /// <value>Summaries of one level that become one of the next. Seed 0: ten.</value>
    public int FanOut { get; init; } = 10;

    /// <value>Tokens from which a turn is summarized in pieces.</value>
    public int PieceTokens { get; init; } = 4_000;

    /// <value>
    /// Whether the conversation will be compacted again and again: then parts are merged so that few are written anew each time. False: in
    /// the fewest rounds of calls. A compactor sets it: a compaction that was asked for (by force) stands alone, one that the threshold
    /// started does not.
    /// </value>
    public bool Grows { get; init; } = true;

    /// <value>Share of a summary's tokens that stays for what code carries: rules, tasks, files, commands, failures, names.</value>
    public double LedgerShare { get; init; } = .4;
}

/// <summary>A level that somebody writes.</summary>
/// <param name="Level">1 per turn, 2 per ten turns, 3 whole.</param>
/// <param name="MaxTokens">The most tokens of one of its summaries.</param>
public readonly record struct LevelSize(int Level, int MaxTokens);
