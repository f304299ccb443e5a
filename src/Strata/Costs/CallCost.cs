using Strata.Models;

namespace Strata.Costs;

/// <summary>What a call costs, in USD.</summary>
public static class CallCost
{
    private const decimal Million = 1_000_000m;

    /// <summary>The price of a call whose tokens are known.</summary>
    /// <param name="prices">Where a cache price is missing, that of plain input counts.</param>
    /// <param name="inputTokens">All of the input, what a cache served or took up included.</param>
    /// <param name="outputTokens">Reasoning included.</param>
    /// <param name="cachedTokens">Of the input, those that the prompt cache served.</param>
    /// <param name="cacheWriteTokens">Of the input, those that were written to the prompt cache.</param>
    public static decimal Of(ModelPrices prices, long inputTokens, long outputTokens, long cachedTokens = 0, long cacheWriteTokens = 0)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var rates = RatesFor(prices, inputTokens);
        var cached = Math.Clamp(cachedTokens, 0, inputTokens);
        var written = Math.Clamp(cacheWriteTokens, 0, inputTokens - cached);
        return (((inputTokens - cached - written) * rates.Input)
            + (cached * (rates.CacheRead ?? rates.Input))
            + (written * (rates.CacheWrite ?? rates.Input))
            + (outputTokens * rates.Output)) / Million;
    }

    /// <summary>
    /// The most that a call can cost: nothing comes from a cache, all is written to it if that costs more, and the output limit is used up.
    /// </summary>
    public static decimal AtMost(ModelPrices prices, long inputTokens, long maxOutputTokens)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return Math.Max(Of(prices, inputTokens, maxOutputTokens), Of(prices, inputTokens, maxOutputTokens, cacheWriteTokens: inputTokens));
    }

    private static ModelPrices RatesFor(ModelPrices prices, long inputTokens) =>
        prices.LongPrompt is { } longer && inputTokens > longer.AboveTokens
            ? new ModelPrices(longer.Input, longer.Output, longer.CacheRead, longer.CacheWrite)
            : prices;
}
