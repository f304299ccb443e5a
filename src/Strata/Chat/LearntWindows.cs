using System.Collections.Concurrent;
using Strata.Models;

namespace Strata.Chat;

/// <summary>Windows that turned out smaller than the one that was configured, by model.</summary>
internal sealed class LearntWindows
{
    // Where the provider names no numbers it took less than was sent: this much less is tried next, as far as counts were ever found off.
    private const double Step = 1.15;

    // A server that refuses everything must not shrink the window to nothing.
    private const double Least = .05;

    private readonly ConcurrentDictionary<string, int> _windows = new(StringComparer.Ordinal);

    /// <summary>Learns from an overflow.</summary>
    /// <param name="model">The model's name; null when none is known.</param>
    /// <param name="error">What the provider said.</param>
    /// <param name="sent">Tokens of the request that overflowed, as they were estimated before.</param>
    /// <param name="budget">What was assumed.</param>
    public void Learn(string? model, OverflowError error, long sent, TokenBudget budget)
    {
        var window = error.MaxInput ?? (error.Used is { } used && used > budget.Window ? budget.Window : (long)(sent / Step));
        var least = (long)(budget.Window * Least);
        if (window < budget.Window)
            _windows.AddOrUpdate(model ?? "", (int)Math.Max(window, least), (_, known) => (int)Math.Max(Math.Min(known, window), least));
    }

    /// <summary>The threshold that keeps the share of the window which was configured; null: nothing was learnt.</summary>
    public int? ThresholdOf(string? model, TokenBudget budget) => _windows.TryGetValue(model ?? "", out var window)
        ? Math.Max(1, (int)((long)budget.Threshold * window / budget.Window))
        : null;

    /// <summary>What the model takes as far as is known.</summary>
    public int WindowOf(string? model, TokenBudget budget) => _windows.TryGetValue(model ?? "", out var window) ? window : budget.Window;
}
