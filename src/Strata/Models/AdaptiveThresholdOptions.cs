namespace Strata.Models;

/// <summary>How far the threshold may move with the session.</summary>
public sealed record AdaptiveThresholdOptions
{
    /// <value>The default is false: the threshold stays where the budget puts it.</value>
    public bool IsEnabled { get; init; }

    /// <value>The lowest ratio, a share of what is available; keep it above the target's. The default is 0.5.</value>
    public double MinRatio { get; init; } = .50;

    /// <value>The highest ratio, at most 1. The default is 0.85.</value>
    public double MaxRatio { get; init; } = .85;

    /// <value>Turns of the current size that must still fit when the threshold is reached. The default is 3.</value>
    public int TurnsAhead { get; init; } = 3;

    /// <value>After this a compaction no longer counts as recent. The default is 10 minutes.</value>
    public TimeSpan Settling { get; init; } = TimeSpan.FromMinutes(10);

    /// <value>After this the provider's prompt cache is cold. The default is 5 minutes, Anthropic's.</value>
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromMinutes(5);
}
