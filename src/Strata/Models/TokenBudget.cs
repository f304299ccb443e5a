using System.Globalization;

namespace Strata.Models;

/// <summary>How much of a window may be filled, in tokens. <see cref="Target"/> is below <see cref="Threshold"/>.</summary>
public sealed record TokenBudget
{
    // Where the room for one answer cuts the threshold, a compaction ends at this share of what is left, so that the next is not due at
    // once.
    private const decimal CutTarget = .75m;

    private const int LeastInputShare = 8;

    private TokenBudget()
    {
    }

    /// <summary>What the model accepts, input and output together.</summary>
    public int Window { get; private init; }

    /// <summary>Kept free for the answer.</summary>
    public int ReservedOutput { get; private init; }

    /// <summary>The share of the window kept free because counts may be wrong.</summary>
    public double SafetyMargin { get; private init; }

    /// <summary>The window without margin and reserve.</summary>
    public int Available { get; private init; }

    /// <summary>More than this starts a compaction.</summary>
    public int Threshold { get; private init; }

    /// <summary>A compaction ends at this or less.</summary>
    public int Target { get; private init; }

    private BudgetOptions Shares { get; init; } = new();

    // What the ratios are shares of: what is available before the answer of one call takes more than the reserve.
    private int Shared { get; init; }

    /// <summary>
    /// The same budget where <paramref name="fixedTokens"/> of what is available are taken by what no compaction frees: instructions,
    /// tools, system messages. Threshold and target then are those tokens and their shares of the rest; the largest threshold and target
    /// stay what they are.
    /// </summary>
    public TokenBudget Beside(int fixedTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fixedTokens);
        fixedTokens = Math.Min(fixedTokens, Available);
        var rest = Shared - fixedTokens;
        var threshold = Math.Min((long)fixedTokens + Share(rest, Shares.ThresholdRatio, "threshold"), Shares.MaxThreshold ?? int.MaxValue);
        var target = Math.Min((long)fixedTokens + Share(rest, Shares.TargetRatio, "target"), Shares.MaxTarget ?? int.MaxValue);
        if (threshold > Available)
            (threshold, target) = (Available, Math.Min(target, fixedTokens + (long)((Available - fixedTokens) * CutTarget)));
        return this with { Threshold = (int)threshold, Target = (int)Math.Max(Math.Min(target, threshold), 1) };
    }

    /// <summary>
    /// The same shares of another window, where one call asks for an answer of <paramref name="output"/> tokens. The answer's room bounds
    /// the threshold and takes nothing from it while it lies above. An eighth of the window is left for input in any case.
    /// </summary>
    internal TokenBudget For(int window, int output)
    {
        if (window == Window && output <= ReservedOutput)
            return this;
        var input = (int)decimal.Floor(window * (1 - (decimal)SafetyMargin));
        var most = Math.Max(input - Math.Max(window / LeastInputShare, 1), 0);
        var reserved = Math.Min(ReservedOutput, most);
        var answer = Math.Clamp(output, reserved, most);
        return (this with
        {
            Window = window, ReservedOutput = answer, Available = Math.Max(input - answer, 1), Shared = Math.Max(input - reserved, 1),
        }).Beside(0);
    }

    /// <summary>Divides a window.</summary>
    /// <param name="window">What the model accepts.</param>
    /// <param name="reservedOutput">Kept free for the answer.</param>
    /// <param name="safetyMargin">The share of the window kept free because counts may be wrong: 0 or more and below 1.</param>
    /// <param name="thresholdRatio">The threshold as a share of what is available: above 0 and at most 1.</param>
    /// <param name="targetRatio">The target as a share of what is available: above 0 and at most 1.</param>
    /// <param name="maxThreshold">The threshold is never above this; null for no such limit.</param>
    /// <param name="maxTarget">The target is never above this; null for no such limit.</param>
    /// <exception cref="BudgetException">The numbers leave no room or no distance between threshold and target.</exception>
    public static TokenBudget Create(
        int window,
        int reservedOutput = 0,
        double safetyMargin = BudgetOptions.DefaultSafetyMargin,
        double thresholdRatio = BudgetOptions.DefaultThresholdRatio,
        double targetRatio = BudgetOptions.DefaultTargetRatio,
        int? maxThreshold = null,
        int? maxTarget = null)
    {
        if (window <= 0)
            throw new BudgetException($"The window is {Number(window)} tokens; it must be at least 1. Name a model or give its window.");
        if (reservedOutput < 0)
            throw new BudgetException($"The reserved output is {Number(reservedOutput)} tokens; give 0 or more.");
        if (!(safetyMargin is >= 0 and < 1))
            throw new BudgetException(
                $"The safety margin is {Number(safetyMargin)}; give a share of the window from 0 to below 1, such as 0.1.");
        if (maxThreshold <= 0)
            throw new BudgetException($"The largest threshold is {Number(maxThreshold.Value)} tokens; give 1 or more, or none.");
        if (maxTarget <= 0)
            throw new BudgetException($"The largest target is {Number(maxTarget.Value)} tokens; give 1 or more, or none.");

        // Decimal, because 128 000 × (1 − 0.1) × 0.7 is 80 639.999… in binary floating point.
        var margin = (decimal)safetyMargin;
        var available = (int)decimal.Floor(window * (1 - margin)) - reservedOutput;
        if (available < 1)
        {
            throw new BudgetException(
                $"A window of {Number(window)} tokens has no room for input after {Number(reservedOutput)} reserved for output and a "
                    + "margin of "
                + $"{Percent(margin)}. Reserve less, or use a model with a larger window.");
        }

        var threshold = Math.Min(Share(available, thresholdRatio, "threshold"), maxThreshold ?? int.MaxValue);
        var target = Math.Min(Share(available, targetRatio, "target"), maxTarget ?? int.MaxValue);
        if (target < 1 || target >= threshold)
            throw new BudgetException(Distance(available, threshold, target));

        return new TokenBudget
        {
            Window = window,
            ReservedOutput = reservedOutput,
            SafetyMargin = safetyMargin,
            Available = available,
            Shared = available,
            Threshold = threshold,
            Target = target,
            Shares = new BudgetOptions
            {
                ThresholdRatio = thresholdRatio, TargetRatio = targetRatio, MaxThreshold = maxThreshold, MaxTarget = maxTarget,
            },
        };
    }

    /// <inheritdoc cref="Create(int, int, double, double, double, int?, int?)"/>
    public static TokenBudget Create(int window, BudgetOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Create(
            window,
            options.ReservedOutput,
            options.SafetyMargin,
            options.ThresholdRatio,
            options.TargetRatio,
            options.MaxThreshold,
            options.MaxTarget);
    }

    private static int Share(int available, double ratio, string name) => ratio is > 0 and <= 1
        ? (int)decimal.Floor(available * (decimal)ratio)
        : throw new BudgetException($"The {name} ratio is {Number(ratio)}; give a share above 0 and at most 1, such as 0.7 for 70 %.");

    private static string Distance(int available, int threshold, int target) => target < 1
        ? $"The target is {Number(target)} tokens of {Number(available)} available; it must be at least 1. Use a larger window or a larger "
            + "target."
        : $"The target of {Number(target)} tokens is not below the threshold of {Number(threshold)}; every turn would compact again. "
            + $"Lower the target (for example to {Number(Math.Max(1, (int)(threshold * 3L / 7)))}) or raise the threshold.";

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Percent(decimal share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";
}
