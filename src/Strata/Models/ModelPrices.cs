using System.Collections.ObjectModel;

namespace Strata.Models;

/// <summary>Prices in USD per million tokens.</summary>
/// <param name="Input">Input that no cache served.</param>
/// <param name="Output">Output, reasoning included.</param>
/// <param name="CacheRead">Input served from the prompt cache; null when the provider states none.</param>
/// <param name="CacheWrite">
/// Input written to the prompt cache for its usual lifetime (five minutes at Anthropic, thirty at OpenAI); null when the provider states
/// none.
/// </param>
public sealed record ModelPrices(decimal Input, decimal Output, decimal? CacheRead, decimal? CacheWrite)
{
    /// <summary>Input written to the prompt cache for one hour; null when the provider states none.</summary>
    public decimal? CacheWrite1h { get; init; }

    /// <summary>Input written to the prompt cache for twelve hours; null when the provider states none.</summary>
    public decimal? CacheWrite12h { get; init; }

    /// <summary>The prices of a long prompt; null when length does not change the price.</summary>
    public LongPromptPrices? LongPrompt { get; init; }

    /// <summary>
    /// The prices of other ways of being served, by the provider's name for them: fast, priority, batch, flex, peak. Empty when there are
    /// none.
    /// </summary>
    public IReadOnlyDictionary<string, ModelPrices> Modes { get; init; } = ReadOnlyDictionary<string, ModelPrices>.Empty;

    /// <summary>Changes that the provider has announced, oldest first. Empty when there are none.</summary>
    public IReadOnlyList<ScheduledPrices> Scheduled { get; init; } = [];

    /// <summary>The prices in force on a day: the newest announced change that has come by then, else these.</summary>
    public ModelPrices On(DateOnly day) => Scheduled.LastOrDefault(change => change.From <= day)?.Prices ?? this;
}

/// <summary>Prices in USD per million tokens of requests whose input exceeds a number of tokens; they hold for the whole request.</summary>
public sealed record LongPromptPrices(int AboveTokens, decimal Input, decimal Output, decimal? CacheRead, decimal? CacheWrite)
{
    /// <summary>Input written to the prompt cache for one hour; null when the provider states none.</summary>
    public decimal? CacheWrite1h { get; init; }
}

/// <summary>Prices that replace the present ones from a day on.</summary>
public sealed record ScheduledPrices(DateOnly From, ModelPrices Prices);
