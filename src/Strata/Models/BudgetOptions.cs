namespace Strata.Models;

/// <summary>How a window is divided. The defaults are those of the <c>smart</c> profile.</summary>
public sealed record BudgetOptions
{
    internal const double DefaultSafetyMargin = .10;
    internal const double DefaultThresholdRatio = .70;
    internal const double DefaultTargetRatio = .30;

    /// <summary>Tokens kept free for the answer.</summary>
    /// <value>The default is 0: the margin covers usual answers.</value>
    public int ReservedOutput { get; init; }

    /// <summary>The share of the window kept free because counts may be wrong.</summary>
    /// <value>The default is 0.10.</value>
    public double SafetyMargin { get; init; } = DefaultSafetyMargin;

    /// <summary>The threshold as a share of what is available.</summary>
    /// <value>The default is 0.70.</value>
    public double ThresholdRatio { get; init; } = DefaultThresholdRatio;

    /// <summary>The target as a share of what is available.</summary>
    /// <value>The default is 0.30.</value>
    public double TargetRatio { get; init; } = DefaultTargetRatio;

    /// <summary>The threshold in tokens is never above this.</summary>
    /// <value>The default is null: only the ratio counts.</value>
    public int? MaxThreshold { get; init; }

    /// <summary>The target in tokens is never above this.</summary>
    /// <value>The default is null: only the ratio counts.</value>
    public int? MaxTarget { get; init; }
}
