using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>Lines that are sent as messages; one block, one content.</summary>
internal static class ClaudeCodeMessage
{
    public static ChatMessage Read(JsonElement line)
    {
        if (line.Is("type"u8, "attachment"u8))
            return ClaudeCodeAttachment.Read(line);
        if (line.Is("type"u8, "queue-operation"u8))
            return new ChatMessage(ChatRole.User, line.Text("content"u8)) { CreatedAt = line.Time("timestamp"u8) };
        var message = line.Object("message"u8) ?? default;
        var contents = Contents(message.Member("content"u8) ?? default);
        var role = ChatRole.Assistant;
        if (line.Is("type"u8, "user"u8))
            role = contents.Exists(static content => content is FunctionResultContent) ? ChatRole.Tool : ChatRole.User;
        return new ChatMessage(role, contents)
        {
            MessageId = message.Text("id"u8),
            CreatedAt = line.Time("timestamp"u8),
        };
    }

    public static List<AIContent> Contents(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
            return [new TextContent(content.Text())];
        if (content.ValueKind != JsonValueKind.Array)
            return [];
        var contents = new List<AIContent>(content.GetArrayLength());
        foreach (var block in content.EnumerateArray())
            contents.Add(Block(block));
        return contents;
    }

    private static AIContent Block(JsonElement block)
    {
        switch (block.Text("type"u8))
        {
            case "text" when block.Text("text"u8) is { } text:
                return new TextContent(text);
            case "thinking":
                return new TextReasoningContent(block.Text("thinking"u8) ?? "") { ProtectedData = block.Text("signature"u8) };
            case "redacted_thinking":
                return new TextReasoningContent("") { ProtectedData = block.Text("data"u8) };
            case "tool_use":
                return new FunctionCallContent(
                    block.Text("id"u8) ?? "", block.Text("name"u8) ?? "", block.Member("input"u8).Arguments())
                {
                    // Code that the server runs made the call, and it stays only with that code.
                    RawRepresentation = block.Object("caller"u8)?.Text("tool_id"u8) is null ? null : block.Clone(),
                };
            case "tool_result":
                return new FunctionResultContent(block.Text("tool_use_id"u8) ?? "", Result(block.Member("content"u8) ?? default))
                {
                    Exception = block.IsTrue("is_error"u8) ? new InvalidOperationException("The tool reported an error.") : null,
                };
            case "image":
                return Image(block) ?? Unknown(block);
            default:
                return Unknown(block);
        }
    }

    /// <summary>Text where the result is text only, one block a line; a list of contents otherwise.</summary>
    private static object? Result(JsonElement content)
    {
        var contents = Contents(content);
        return contents switch
        {
            [] => content.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null or JsonValueKind.Array ? "" : content.Clone(),
            [TextContent only] => only.Text,
            _ when contents.TrueForAll(static item => item is TextContent) =>
                string.Join('\n', contents.Select(static item => ((TextContent)item).Text)),
            _ => contents,
        };
    }

    private static AIContent? Image(JsonElement block)
    {
        if (block.Object("source"u8) is not { } source)
            return null;
        if (source.Text("url"u8) is { } url && Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return new UriContent(uri, "image/*");
        return source.Member("data"u8) is { ValueKind: JsonValueKind.String } data && data.TryGetBytesFromBase64(out var bytes)
            && source.Text("media_type"u8) is { Length: > 0 } mediaType
            ? MediaContent.Create(bytes, mediaType)
            : null;
    }

    private static AIContent Unknown(JsonElement block) => new() { RawRepresentation = block.Clone() };
}
