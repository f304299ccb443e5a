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
public readonly record struct CallUsage(long InputTokens, long OutputTokens, long CachedTokens, decimal? Cost, TimeSpan Duration);
