using Strata.Planning.Hierarchy;

namespace Strata.Planning;

/// <summary>A summary that a plan asks for.</summary>
/// <param name="Groups">The groups it stands for, ascending; its message stands where the first of them stood.</param>
/// <param name="MaxTokens">The most tokens its text may have, framing aside.</param>
/// <param name="IsNotice">
/// True when the groups are dropped without a summary: the message is only the line that says how much is gone and how to recall it.
/// </param>
public sealed record PlannedSummary(IReadOnlyList<int> Groups, int MaxTokens, bool IsNotice = false)
{
    /// <summary>What it tells at which level of detail, oldest first; empty where it is written as one text.</summary>
    public IReadOnlyList<PlannedPart> Parts { get; init; } = [];
}
