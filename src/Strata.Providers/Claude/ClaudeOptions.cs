using System.Text.Json;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Strata.Providers.Claude;

/// <summary>The options of a call as the SDK's bridge is to see them. The caller's own stay as they are.</summary>
internal static class ClaudeOptions
{
    /// <summary>Tokens of the answer when no limit is given; the API wants one always.</summary>
    public const int UsualOutput = 4096;

    /// <summary>
    /// The options for messages that hold the instructions already, with members of the body that the SDK has no name for.
    /// </summary>
    public static ChatOptions? Of(ChatOptions? options, string model)
    {
        var isInstructed = !string.IsNullOrEmpty(options?.Instructions);
        if (options is null || (!isInstructed && options.Temperature is null && options.TopP is null && options.TopK is null))
            return options;
        var own = options.Clone();
        own.Instructions = null;
        own.RawRepresentationFactory ??= _ => BodyOf(options, model);
        return own;
    }

    /// <remarks>Models that think refuse these members, so the SDK has dropped them. The others accept them still.</remarks>
    private static MessageCreateParams BodyOf(ChatOptions options, string model)
    {
        var usual = new MessageCreateParams
        {
            Model = options.ModelId ?? model,
            MaxTokens = options.MaxOutputTokens ?? UsualOutput,
            Messages = [],
        };
        var body = new Dictionary<string, JsonElement>(usual.RawBodyData, StringComparer.Ordinal);
        if (options.Temperature is { } temperature)
            body["temperature"] = JsonSerializer.SerializeToElement(temperature);
        if (options.TopP is { } topP)
            body["top_p"] = JsonSerializer.SerializeToElement(topP);
        if (options.TopK is { } topK)
            body["top_k"] = JsonSerializer.SerializeToElement(topK);
        return MessageCreateParams.FromRawUnchecked(usual.RawHeaderData, usual.RawQueryData, body);
    }
}
