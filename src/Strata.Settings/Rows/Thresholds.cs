using Strata.Models;

namespace Strata.Settings.Rows;

/// <summary>Threshold and target of a budget from amounts.</summary>
internal static class Thresholds
{
    /// <summary>
    /// A threshold of one's own takes the target along in proportion: the distance between them is what makes compactions rare.
    /// </summary>
    public static BudgetOptions WithThreshold(BudgetOptions budget, TokenAmount threshold)
    {
        var proportion = (budget.MaxTarget ?? budget.TargetRatio) / (budget.MaxThreshold ?? budget.ThresholdRatio);
        return threshold.Tokens is { } tokens
            ? budget with { ThresholdRatio = 1, MaxThreshold = tokens, TargetRatio = 1,
                MaxTarget = Math.Max(1, (int)(tokens * proportion)) }
            : budget with
            {
                ThresholdRatio = (double)threshold.Share!.Value,
                MaxThreshold = null,
                TargetRatio = (double)threshold.Share.Value * proportion,
                MaxTarget = null,
            };
    }

    public static BudgetOptions WithTarget(BudgetOptions budget, TokenAmount target) => target.Tokens is { } tokens
        ? budget with { TargetRatio = 1, MaxTarget = tokens }
        : budget with { TargetRatio = (double)target.Share!.Value, MaxTarget = null };
}
