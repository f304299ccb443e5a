using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Providers.Faults;
using Strata.Providers.Wire;

namespace Strata.Providers.Ollama;

/// <summary>One object that <c>/api/chat</c> sends: the whole answer, or one line of a stream.</summary>
internal sealed class OllamaReply
{
    private readonly JsonElement _root;

    private OllamaReply(JsonElement root) => _root = root;

    public string? Model => _root.Text("model");

    public bool IsLast => _root.IsTrue("done");

    /// <summary>Null when the server reports none, as some versions do for a prompt that their cache served whole.</summary>
    public long? InputTokens => _root.Number("prompt_eval_count");

    public ChatFinishReason? FinishReason => !IsLast ? null : _root.Text("done_reason") switch
    {
        "length" => ChatFinishReason.Length,
        null or "stop" =>
            _root.Object("message")?.Array("tool_calls") is { } calls && calls.GetArrayLength() > 0 ? ChatFinishReason.ToolCalls
                : ChatFinishReason.Stop,
        var other => new ChatFinishReason(other),
    };

    public UsageDetails? Usage => InputTokens is null && _root.Number("eval_count") is null ? null : new()
    {
        InputTokenCount = InputTokens,
        OutputTokenCount = _root.Number("eval_count"),
        TotalTokenCount = InputTokens + _root.Number("eval_count"),
    };

    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="ServerFaultException">It is an error, or nothing that Ollama sends.</exception>
    public static OllamaReply Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement.Clone();
        if (root.Text("error") is { } error)
            throw FaultKinds.Of(500, new ServerError(error, "", null), retryAfter: null);
        if (root.Object("message") is null && !root.IsTrue("done"))
            throw FaultWords.NoAnswerOfApi();
        return new(root);
    }

    public IEnumerable<AIContent> Contents()
    {
        if (_root.Object("message") is not { } message)
            yield break;
        if (message.Text("thinking") is { Length: > 0 } thinking)
            yield return new TextReasoningContent(thinking);
        if (message.Text("content") is { Length: > 0 } content)
            yield return new TextContent(content);
        if (message.Array("tool_calls") is not { } calls)
            yield break;
        foreach (var function in calls.EnumerateArray().Select(static call => call.Object("function")).OfType<JsonElement>())
        {
            var arguments = function.Object("arguments")?.EnumerateObject()
                .ToDictionary(static pair => pair.Name, static pair => (object?)pair.Value, StringComparer.Ordinal);
            yield return new FunctionCallContent(Guid.NewGuid().ToString("n"), function.Text("name") ?? "", arguments);
        }
    }
}
