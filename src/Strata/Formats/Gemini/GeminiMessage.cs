using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Gemini;

/// <summary>Messages of the log as what Gemini CLI sends of them. Thoughts are kept for the screen and not sent.</summary>
internal static class GeminiMessage
{
    /// <summary>The message, and behind one with calls the results that no later message holds.</summary>
    public static IEnumerable<ChatMessage> Read(JsonElement message, Func<string, bool> isAnsweredLater)
    {
        var isModel = message.Is("type"u8, "gemini"u8);
        var contents = Parts(message.Member("content"u8) ?? default);
        if (isModel)
            contents.RemoveAll(static content => content is TextContent { Text.Length: 0 });
        var results = new List<AIContent>();
        foreach (var call in Calls(message))
        {
            var id = call.Text("id"u8) ?? "";
            contents.Add(new FunctionCallContent(id, call.Text("name"u8) ?? "", call.Member("args"u8).Arguments()));
            if (!isAnsweredLater(id) && Result(call, id) is { } result)
                results.Add(result);
        }

        var answers = contents.Exists(static content => content is FunctionResultContent);
        var role = isModel ? ChatRole.Assistant : answers ? ChatRole.Tool : ChatRole.User;
        yield return Create(role, contents, message);
        if (results.Count > 0)
            yield return Create(ChatRole.Tool, results, message);
    }

    public static IEnumerable<JsonElement> Calls(JsonElement message) =>
        message.Is("type"u8, "gemini"u8) && message.Array("toolCalls"u8) is { } calls ? calls.EnumerateArray() : [];

    private static ChatMessage Create(ChatRole role, List<AIContent> contents, JsonElement message) =>
        new(role, contents) { MessageId = message.Text("id"u8), CreatedAt = message.Time("timestamp"u8) };

    private static List<AIContent> Parts(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => [new TextContent(content.Text())],
        JsonValueKind.Array => [.. content.EnumerateArray().Select(Part)],
        JsonValueKind.Object => [Part(content)],
        _ => [],
    };

    private static AIContent Part(JsonElement part)
    {
        if (part.ValueKind == JsonValueKind.String)
            return new TextContent(part.Text());
        if (part.Text("text"u8) is { } text)
            return new TextContent(text);
        if (part.Object("functionResponse"u8) is { } response)
            return Response(response, response.Text("id"u8) ?? "");
        return Media(part) ?? new AIContent { RawRepresentation = part.Clone() };
    }

    private static AIContent? Media(JsonElement part) =>
        part.Object("inlineData"u8) is { } data && data.Member("data"u8) is { ValueKind: JsonValueKind.String } base64
        && base64.TryGetBytesFromBase64(out var bytes) ? MediaContent.Create(bytes, data.Text("mimeType"u8) ?? "") : null;

    // A string, or parts of which the first answers the call and others are what the tool showed.
    private static FunctionResultContent? Result(JsonElement call, string id)
    {
        if (call.Text("result"u8) is { } text)
            return new FunctionResultContent(id, text);
        var parts = call.Array("result"u8)?.EnumerateArray().Select(Part).ToList();
        if (parts?.OfType<FunctionResultContent>().FirstOrDefault() is not { } result)
            return null;
        var media = parts.Where(static part => part is DataContent).ToList();
        return media.Count == 0 ? new FunctionResultContent(id, result.Result) { Exception = result.Exception }
            : new FunctionResultContent(id, (List<AIContent>)[new TextContent(ResultText.Of(result.Result)), .. media]);
    }

    private static FunctionResultContent Response(JsonElement response, string id)
    {
        var value = response.Object("response"u8);
        if (value?.Text("error"u8) is { } error)
            return new(id, error) { Exception = new InvalidOperationException("The tool reported an error.") };
        return value?.Text("output"u8) is { } output && value.Value.EnumerateObject().Count() == 1
            ? new(id, output)
            : new(id, value is null ? "" : value.Value.Clone());
    }
}
