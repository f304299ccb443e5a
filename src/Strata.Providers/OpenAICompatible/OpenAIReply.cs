using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Providers.Faults;
using Strata.Providers.Wire;

namespace Strata.Providers.OpenAICompatible;

/// <summary>
/// One object of <c>/chat/completions</c>: the whole answer, or one chunk of a stream. Read by hand, because servers leave out and add what
/// the SDK's own classes insist on or drop.
/// </summary>
internal sealed class OpenAIReply
{
    private readonly JsonElement _root;
    private readonly JsonElement? _choice;

    private OpenAIReply(JsonElement root, JsonElement? choice) => (_root, _choice) = (root, choice);

    public string? Id => _root.Text("id");

    public string? Model => _root.Text("model");

    /// <summary>A refusal is a kind of content filter, whatever the server calls the end.</summary>
    public ChatFinishReason? FinishReason =>
        Message?.Text("refusal") is { Length: > 0 } ? ChatFinishReason.ContentFilter : _choice?.Text("finish_reason") switch
        {
            null or "" => null,
            "stop" => ChatFinishReason.Stop,
            "length" => ChatFinishReason.Length,
            "content_filter" => ChatFinishReason.ContentFilter,
            "tool_calls" or "function_call" => ChatFinishReason.ToolCalls,
            var other => new ChatFinishReason(other),
        };

    public UsageDetails? Usage => _root.Object("usage") is not { } usage ? null : new()
    {
        InputTokenCount = usage.Number("prompt_tokens"),
        OutputTokenCount = usage.Number("completion_tokens"),
        TotalTokenCount = usage.Number("total_tokens"),
        CachedInputTokenCount = usage.Object("prompt_tokens_details")?.Number("cached_tokens"),
        ReasoningTokenCount = usage.Object("completion_tokens_details")?.Number("reasoning_tokens"),
    };

    /// <summary>Null where the answer has no choice at all.</summary>
    private JsonElement? Message => _choice?.Object("message") ?? _choice?.Object("delta");

    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="ServerFaultException">It is an error, which some servers send with status 200, or nothing of this API.</exception>
    public static OpenAIReply Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement.Clone();
        ThrowIfError(root);
        if (root.Array("choices") is not { } choices)
            throw FaultWords.NoAnswerOfApi();
        JsonElement? choice = choices.GetArrayLength() > 0 ? choices[0] : null;
        if (choice is { } first)
            ThrowIfError(first);
        return new(root, choice);
    }

    public IEnumerable<AIContent> Contents()
    {
        if (Message is not { } message)
            yield break;

        // vLLM, llama.cpp and LM Studio say reasoning_content or reasoning, OpenRouter reasoning.
        if ((message.Text("reasoning_content") ?? message.Text("reasoning")) is { Length: > 0 } thinking)
            yield return new TextReasoningContent(thinking);
        if (TextOf(message) is { Length: > 0 } text)
            yield return new TextContent(text);
        if (message.Text("refusal") is { Length: > 0 } refusal)
            yield return new ErrorContent(refusal) { ErrorCode = "refusal" };
    }

    /// <summary>The tool calls, or pieces of them, in a message or delta.</summary>
    public IEnumerable<JsonElement> ToolCalls() => Message?.Array("tool_calls")?.EnumerateArray() ?? Enumerable.Empty<JsonElement>();

    private static string TextOf(JsonElement message) => message.Array("content") is { } parts
        ? string.Concat(parts.EnumerateArray().Select(static part => part.Text("text")))
        : message.Text("content") ?? "";

    private static void ThrowIfError(JsonElement element)
    {
        if (element.Member("error") is not { ValueKind: JsonValueKind.Object or JsonValueKind.String })
            return;
        var error = ServerError.Read(element);
        throw FaultKinds.Of(error.Status is >= 400 and < 600 and var status ? status : 500, error, retryAfter: null);
    }
}
