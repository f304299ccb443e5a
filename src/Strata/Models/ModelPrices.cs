namespace Strata.Models;

/// <summary>Prices in USD per million tokens.</summary>
/// <param name="Input">Input that no cache served.</param>
/// <param name="Output">Output, reasoning included.</param>
/// <param name="CacheRead">Input served from the prompt cache; null when the provider states none.</param>
/// <param name="CacheWrite">Input written to the prompt cache; null when the provider states none.</param>
public sealed record ModelPrices(decimal Input, decimal Output, decimal? CacheRead, decimal? CacheWrite)
{
    /// <summary>The prices of a long prompt; null when length does not change the price.</summary>
    public LongPromptPrices? LongPrompt { get; init; }
}

/// <summary>Prices in USD per million tokens of requests whose input exceeds a number of tokens; they hold for the whole request.</summary>
public sealed record LongPromptPrices(int AboveTokens, decimal Input, decimal Output, decimal? CacheRead, decimal? CacheWrite);
