using System.Globalization;

namespace Strata.Models;

/// <summary>
/// Moves the threshold with the session: lower where turns are large, so that the next ones still fit; higher while the last compaction is
/// recent or the provider's prompt cache is warm, which a compaction would throw away; lower once the cache is cold and breaking it costs
/// nothing.
/// </summary>
/// <remarks>Pure. Never rises with any of the three inputs. docs/thresholds.md has the formula.</remarks>
public static class AdaptiveThreshold
{
    /// <summary>The threshold as a share of <paramref name="available"/>, for <see cref="BudgetOptions.ThresholdRatio"/>.</summary>
    /// <param name="options">Bounds; when they are not enabled the answer is <paramref name="ratio"/>.</param>
    /// <param name="ratio">The ratio of a session of which nothing is known: above 0 and at most 1.</param>
    /// <param name="available">Tokens: <see cref="TokenBudget.Available"/>.</param>
    /// <param name="pace">What is known of the session.</param>
    /// <exception cref="BudgetException">The bounds are none, or a number is negative.</exception>
    public static double Ratio(AdaptiveThresholdOptions options, double ratio, int available, SessionPace pace)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!options.IsEnabled)
            return ratio;
        Check(options, ratio, available, pace);
        var usual = Math.Clamp(ratio, options.MinRatio, options.MaxRatio);
        var pull = (Pull(pace.SinceCompaction, options.Settling) + Pull(pace.CacheAge, options.CacheLifetime)) / 2;
        var wanted = usual + (pull * (pull > 0 ? options.MaxRatio - usual : usual - options.MinRatio));
        var room = 1 - (options.TurnsAhead * pace.TokensPerTurn / available);
        return Math.Clamp(Math.Min(wanted, room), options.MinRatio, options.MaxRatio);
    }

    // 1 is "wait", -1 is "now", 0 where nothing is known.
    private static double Pull(TimeSpan? age, TimeSpan whole) => age is { } time ? 1 - (2 * Math.Min(1, time / whole)) : 0;

    private static void Check(AdaptiveThresholdOptions options, double ratio, int available, SessionPace pace)
    {
        if (!(options.MinRatio > 0 && options.MinRatio <= options.MaxRatio && options.MaxRatio <= 1))
        {
            throw new BudgetException(string.Create(
                CultureInfo.InvariantCulture,
                $"The adaptive threshold has the bounds {options.MinRatio} and {options.MaxRatio}; give shares with 0 < least ≤ most ≤ "
                    + $"1."));
        }

        if (!(ratio is > 0 and <= 1))
            throw new BudgetException(string.Create(CultureInfo.InvariantCulture,
                $"The threshold ratio is {ratio}; give a share above 0 and at most 1, such as 0.7 for 70 %."));
        if (available < 1)
            throw new BudgetException(string.Create(
                CultureInfo.InvariantCulture, $"{available} tokens are available; an adaptive threshold needs at least 1."));
        if (options.TurnsAhead < 0 || options.Settling <= TimeSpan.Zero || options.CacheLifetime <= TimeSpan.Zero)
            throw new BudgetException(
                "The adaptive threshold needs 0 or more turns ahead, and times above 0 for settling and for the cache.");
        if (!(pace.TokensPerTurn >= 0) || pace.SinceCompaction < TimeSpan.Zero || pace.CacheAge < TimeSpan.Zero)
            throw new BudgetException("The pace of the session has a negative number; give tokens and times of 0 or more.");
    }
}
