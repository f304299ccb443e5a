using System.Collections.Concurrent;
using Strata.Models;

namespace Strata.Conversations;

/// <summary>Windows that turned out smaller than the one that was configured, by model.</summary>
internal sealed class LearntWindows(TokenBudget budget)
{
    // Where the provider names no numbers it took less than was sent: this much less is tried next, as far as counts were ever found off.
    private const double Step = 1.15;

    // A server that refuses everything must not shrink the window to nothing.
    private const int LeastShare = 20;

    // A refusal that may be of bytes tells of the window only where tokens came near it.
    private const int NearShare = 2;

    private readonly ConcurrentDictionary<string, int> _windows = new(StringComparer.Ordinal);

    private readonly WindowLimits _configured =
        new(budget.Window, budget.Available, Math.Max(budget.Threshold, budget.Target), budget.Target);

    /// <summary>What is known of a model's window; null: the name is not known.</summary>
    public WindowLimits Of(string? model) => _windows.TryGetValue(model ?? "", out var window) ? _configured.Scaled(window) : _configured;

    /// <summary>Learns from an overflow.</summary>
    /// <param name="model">The model's name; null when none is known.</param>
    /// <param name="error">What the provider said.</param>
    /// <param name="sent">Tokens of the request that overflowed, as they were estimated.</param>
    public void Learn(string? model, ContextOverflow error, long sent)
    {
        if (error is { MayBeOfBytes: true, Limit: null } && sent < Of(model).Window / NearShare)
            return;

        // Where it tells what it counted, the estimate was wrong and not the window, unless it also names a smaller one.
        var window = error.MaxInput ?? (error.Used is null ? (long)(sent / Step) : budget.Window);
        if (window >= budget.Window)
            return;
        var learnt = (int)Math.Max(window, Math.Max(budget.Window / LeastShare, 1));
        _windows.AddOrUpdate(model ?? "", learnt, (_, known) => Math.Min(known, learnt));
    }
}

/// <summary>How far a window may be filled, in tokens.</summary>
/// <param name="Window">What the model accepts.</param>
/// <param name="Available">The window without margin and reserve.</param>
/// <param name="Threshold">Above this, compaction starts.</param>
/// <param name="Target">At or below this, it ends.</param>
internal sealed record WindowLimits(int Window, int Available, int Threshold, int Target)
{
    /// <summary>The same shares of another window.</summary>
    public WindowLimits Scaled(int window) => new(window, Share(Available, window), Share(Threshold, window), Share(Target, window));

    private int Share(int tokens, int window) => Math.Max(1, (int)((long)tokens * window / Window));
}
