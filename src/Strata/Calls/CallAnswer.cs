namespace Strata.Calls;

/// <summary>What a model answered.</summary>
/// <param name="Model">The one that did.</param>
/// <param name="Text">Its words, thinking left out.</param>
/// <param name="WasCut">Whether it stopped because the output limit was reached.</param>
/// <param name="Usage">What it took.</param>
public sealed record CallAnswer(string Model, string Text, bool WasCut, CallUsage Usage);

/// <summary>What a call took.</summary>
/// <param name="InputTokens">As the provider reports them, those served by its cache included; counted by us where it reports none.</param>
/// <param name="OutputTokens">As the provider reports them, thinking included.</param>
/// <param name="CachedTokens">Of the input, those that the provider's prompt cache served.</param>
/// <param name="Cost">USD; null when the model's prices are unknown.</param>
/// <param name="Duration">From the first byte sent to the last received.</param>
public readonly record struct CallUsage(long InputTokens, long OutputTokens, long CachedTokens, decimal? Cost, TimeSpan Duration)
{
    /// <value>Of the input, those that the provider's prompt cache took in; 0 where it does not say.</value>
    public long CacheWriteTokens { get; init; }

    /// <value>Of the output, those of thinking; 0 where the provider does not say.</value>
    public long ReasoningTokens { get; init; }

    /// <summary>Both together. The cost is that of the calls whose price is known; null where none is.</summary>
    public static CallUsage operator +(CallUsage one, CallUsage other) => new(
        one.InputTokens + other.InputTokens, one.OutputTokens + other.OutputTokens, one.CachedTokens + other.CachedTokens,
        one.Cost is null && other.Cost is null ? null : (one.Cost ?? 0) + (other.Cost ?? 0), one.Duration + other.Duration)
    {
        CacheWriteTokens = one.CacheWriteTokens + other.CacheWriteTokens,
        ReasoningTokens = one.ReasoningTokens + other.ReasoningTokens,
    };
}
