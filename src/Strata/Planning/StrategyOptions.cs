using Strata.Planning.Hierarchy;

namespace Strata.Planning;

/// <summary>What the strategies are told. A strategy reads what concerns it.</summary>
public sealed record StrategyOptions
{
    /// <value>User and assistant messages at the end that stay (their tool results with them). Seed 1: 6.</value>
    public int PreserveLast { get; init; } = 6;

    /// <value>Whether the newest tool results stay whole; false clears all but those of the newest tool group. Seed 1: true.</value>
    public bool PreserveToolResults { get; init; } = true;

    /// <value>Tool results that stay whole when old ones are cleared. Seed 1: 10.</value>
    public int MaxToolResults { get; init; } = 10;

    /// <value>Tokens of the newest messages that stay; null: what the target leaves. Seed 3: 4 000.</value>
    public int? RecentTokens { get; init; }

    /// <value>The most tokens of one summary. Seed 2: 1 024.</value>
    public int MaxSummaryTokens { get; init; } = 12_000;

    /// <value>Share of the target that a summary may take where messages are kept beside it.</value>
    public double SummaryShare { get; init; } = .82;

    /// <value>Share of the target that <c>truncate</c> gives to the head of the conversation; the tail has the rest.</value>
    public double HeadShare { get; init; } = .25;

    /// <value>Messages that <c>prune</c> keeps. Seed 4: 20.</value>
    public int PruneMaxMessages { get; init; } = 20;

    /// <value>Exchanges (turns) that must have passed before <c>prune</c> drops anything. Seed 4: 10.</value>
    public int PruneAfterTurns { get; init; } = 10;

    /// <value>
    /// The tree of summaries that <c>hierarchical</c> plans with. A compactor fills in the levels that its summarizer writes.
    /// </value>
    public HierarchyOptions Hierarchy { get; init; } = new();
}
