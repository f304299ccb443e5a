using Microsoft.Extensions.AI;

namespace Strata.Providers.Faults;

/// <summary>The texts of a request that a server may quote.</summary>
internal static class SentText
{
    public static IEnumerable<string> Of(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        if (options?.Instructions is { Length: > 0 } instructions)
            yield return instructions;
        foreach (var content in messages.SelectMany(static message => message.Contents))
        {
            var text = content switch
            {
                TextContent words => words.Text,
                TextReasoningContent thinking => thinking.Text,
                FunctionResultContent result => result.Result?.ToString(),
                _ => null,
            };
            if (!string.IsNullOrEmpty(text))
                yield return text;
        }
    }
}
