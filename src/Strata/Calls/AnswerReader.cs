using Microsoft.Extensions.AI;
using Strata.Costs;
using Strata.Tokens;

namespace Strata.Calls;

/// <summary>Reads what a client returned.</summary>
internal static class AnswerReader
{
    private const string CacheWrites = "CacheCreationInputTokens";

    /// <summary>Why there is no answer in <paramref name="response"/>; null when there is one.</summary>
    public static string? WhyNone(ChatResponse response, string text, int maxOutputTokens)
    {
        var contents = response.Messages.SelectMany(message => message.Contents);
        if (response.FinishReason == ChatFinishReason.ContentFilter)
            return "the model refused to answer (content_filter)";
        if (contents.OfType<ErrorContent>().FirstOrDefault() is { } error)
            return $"the model refused to answer: {error.Message}";
        if (text.Length > 0)
            return null;
        if (response.FinishReason == ChatFinishReason.Length)
            return FormattableString.Invariant($"the output limit of {maxOutputTokens:N0} tokens was used up before the answer began");
        if (contents.Any(content => content is FunctionCallContent))
            return "the model called a tool instead of answering";
        return contents.Any(content => content is TextReasoningContent) || !string.IsNullOrWhiteSpace(response.Text)
            ? "the model thought and did not answer"
            : "the answer is empty";
    }

    public static CallUsage Usage(ChatResponse response, Question question, ITokenCounter counter, TimeSpan duration)
    {
        // Some servers report 0 for what their cache served, or for all of it.
        var usage = response.Usage;
        var input = usage?.InputTokenCount is > 0 and { } given ? given : question.InputTokens;
        var output = usage?.OutputTokenCount is > 0 and { } told ? told : Written(response, counter);
        var cached = Math.Clamp(usage?.CachedInputTokenCount ?? 0, 0, input);
        decimal? cost = question.Model.Prices is { } prices ? CallCost.Of(prices, input, output, cached, CacheWritesOf(usage)) : null;
        return new CallUsage(input, output, cached, cost, duration)
        {
            CacheWriteTokens = CacheWritesOf(usage),
            ReasoningTokens = Math.Clamp(usage?.ReasoningTokenCount ?? 0, 0, output),
        };
    }

    private static long Written(ChatResponse response, ITokenCounter counter) => response.Messages
        .SelectMany(message => message.Contents)
        .Sum(content => content switch
        {
            TextContent text => (long)counter.Count(text.Text),
            TextReasoningContent reasoning => counter.Count(reasoning.Text),
            _ => 0,
        });

    // Microsoft.Extensions.AI has no field for it; Anthropic's client puts it among the additional counts, in its own or in the wire's
    // spelling.
    private static long CacheWritesOf(UsageDetails? usage) => usage?.AdditionalCounts?
        .Where(count =>
            string.Equals(count.Key.Replace("_", "", StringComparison.Ordinal), CacheWrites, StringComparison.OrdinalIgnoreCase))
        .Select(count => Math.Max(count.Value, 0)).FirstOrDefault() ?? 0;
}
