using Strata.Models;
using Strata.Providers.Configuration;

namespace Strata.Hosting;

/// <summary>Turns settings into the options of a compactor.</summary>
internal static class CompactionOptionsFactory
{
    public static CompactionOptions Create(StrataOptions options)
    {
        var settings = options.Settings;
        var profile = CompactionProfiles.All[settings.Profile ?? "default"];
        var made = profile with
        {
            Model = settings.Model ?? profile.Model,
            Window = settings.Window ?? profile.Window,
            Strategy = settings.Strategy ?? profile.Strategy,
            Budget = Target(Threshold(profile.Budget, settings.Threshold), settings.Target),
            StrategyOptions = profile.StrategyOptions with { Hierarchy = ModelLadder.ShapeOf(settings) },
        };
        return options.Compaction?.Invoke(made) ?? made;
    }

    // The distance between threshold and target is what makes compactions rare: a threshold of one's own takes the target along in proportion.
    private static BudgetOptions Threshold(BudgetOptions budget, TokenAmount? threshold)
    {
        var proportion = (budget.MaxTarget ?? budget.TargetRatio) / (budget.MaxThreshold ?? budget.ThresholdRatio);
        return threshold switch
        {
            { Tokens: { } tokens } => budget with { ThresholdRatio = 1, MaxThreshold = tokens, TargetRatio = 1, MaxTarget = Math.Max(1, (int)(tokens * proportion)) },
            { Share: { } share } => budget with
            {
                ThresholdRatio = (double)share,
                MaxThreshold = null,
                TargetRatio = (double)share * proportion,
                MaxTarget = null,
            },
            _ => budget,
        };
    }

    private static BudgetOptions Target(BudgetOptions budget, TokenAmount? target) => target switch
    {
        { Tokens: { } tokens } => budget with { TargetRatio = 1, MaxTarget = tokens },
        { Share: { } share } => budget with { TargetRatio = (double)share, MaxTarget = null },
        _ => budget,
    };
}
