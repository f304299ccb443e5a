using Microsoft.Extensions.AI;
using Strata.Models;
using Strata.Planning;
using Strata.Ladder;
using Strata.Tokens;

namespace Strata;

/// <summary>
/// Named options: the numbers of the systems that Strata grew from, each under its name. A model or a window is added with <c>with</c>.
/// </summary>
public static class CompactionProfiles
{
    /// <summary>Strata's own choice.</summary>
    public static CompactionOptions Default { get; } = new();

    /// <summary>
    /// Seed 0: the longer ago, the less is told, by the models of a ladder whose levels have 200, 500 and 4 000 tokens
    /// (<see cref="LevelOptions"/>). Without models level 0 tells it.
    /// </summary>
    public static CompactionOptions Offload { get; } = new() { Strategy = "hierarchical" };

    /// <summary>Seed 1: 70 % and 30 % of the window less 10 %, one summary of all but the last six messages.</summary>
    public static CompactionOptions Smart { get; } = new()
    {
        Strategy = "summary",
        StrategyOptions = new StrategyOptions { PreserveLast = 6, PreserveToolResults = true, MaxToolResults = 10 },
    };

    /// <summary>
    /// Seed 2: 70 % of the whole window, the newest ten messages stay, a summary of at most 1 024 tokens sent as a system message.
    /// </summary>
    public static CompactionOptions Tiered { get; } = new()
    {
        Strategy = "summary",
        Budget = new BudgetOptions { SafetyMargin = 0 },
        MinTokensToCompact = 0,
        SummaryRole = ChatRole.System,
        StrategyOptions = new StrategyOptions { PreserveLast = 10, MaxSummaryTokens = 1_024 },
    };

    /// <summary>Seed 3: a budget of 12 000 tokens of four chars each; the newest 4 000 stay beside a summary.</summary>
    public static CompactionOptions Plugin { get; } = new()
    {
        Strategy = "hybrid",
        Window = 12_000,
        Budget = new BudgetOptions { SafetyMargin = 0, ThresholdRatio = 1, TargetRatio = .5 },
        MinTokensToCompact = 0,
        Counter = new MessageCounter(CharsPerTokenCounter.Instance, RequestFraming.None),
        StrategyOptions = new StrategyOptions { RecentTokens = 4_000, MaxSummaryTokens = 2_000 },
    };

    /// <summary>
    /// Seed 4: once ten exchanges have passed only the newest twenty messages stay; forced above 120 000 tokens, down to 20 000.
    /// </summary>
    public static CompactionOptions Operations { get; } = new()
    {
        Strategy = "prune",
        Budget = new BudgetOptions { MaxThreshold = 120_000, MaxTarget = 20_000 },
        StrategyOptions = new StrategyOptions { PruneMaxMessages = 20, PruneAfterTurns = 10 },
    };

    /// <summary>Every profile by the name that users type.</summary>
    public static IReadOnlyDictionary<string, CompactionOptions> All { get; } =
        new Dictionary<string, CompactionOptions>(StringComparer.OrdinalIgnoreCase)
        {
            ["default"] = Default,
            ["offload"] = Offload,
            ["smart"] = Smart,
            ["tiered"] = Tiered,
            ["plugin"] = Plugin,
            ["operations"] = Operations,
        };
}
