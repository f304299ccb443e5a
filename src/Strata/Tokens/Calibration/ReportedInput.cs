using Microsoft.Extensions.AI;

namespace Strata.Tokens.Calibration;

/// <summary>The input of a request as a provider reports it.</summary>
internal static class ReportedInput
{
    private const string CacheWrites = "cachecreationinputtokens";

    /// <summary>All input tokens, those that a cache served or took included; null when none are reported.</summary>
    /// <remarks>
    /// By the contract of <see cref="UsageDetails.CachedInputTokenCount"/> they are part of the input, and the adapters of OpenAI and
    /// Anthropic keep to it. One that passes Anthropic's own numbers on does not; that is seen where the cache has more than the whole.
    /// </remarks>
    public static long? Of(UsageDetails? usage)
    {
        if (usage?.InputTokenCount is not (> 0 and var input))
            return null;
        var cached = Math.Max(usage.CachedInputTokenCount ?? 0, 0) + WritesOf(usage);
        return cached > input ? input + cached : input;
    }

    private static long WritesOf(UsageDetails usage) => usage.AdditionalCounts?
        .Where(count =>
            string.Equals(count.Key.Replace("_", "", StringComparison.Ordinal), CacheWrites, StringComparison.OrdinalIgnoreCase))
        .Select(count => Math.Max(count.Value, 0)).FirstOrDefault() ?? 0;
}
