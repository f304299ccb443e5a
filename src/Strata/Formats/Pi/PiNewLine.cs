using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Pi;

/// <summary>How a new entry is tied to the others.</summary>
/// <param name="Id">Its id; null in a file of version 1.</param>
/// <param name="Parent">The entry it hangs on.</param>
/// <param name="Time">Its time.</param>
/// <param name="Model">The model that assistant messages name.</param>
internal readonly record struct PiEntryFrame(string? Id, string? Parent, DateTimeOffset Time, string? Model);

/// <summary>Entries that no session held before.</summary>
internal static class PiNewLine
{
    public static byte[] Session(string id, DateTimeOffset time) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "session"u8);
        writer.WriteNumber("version"u8, 3);
        writer.WriteString("id"u8, id);
        writer.Time("timestamp"u8, time);
        writer.WriteString("cwd"u8, ""u8);
        writer.WriteEndObject();
    });

    /// <summary>The messages of pi that one message becomes: one for each tool result, one for everything else.</summary>
    public static IEnumerable<ChatMessage> Split(ChatMessage message)
    {
        var rest = message.Contents.Where(static content => content is not FunctionResultContent).ToList();
        foreach (var result in message.Contents.Where(static content => content is FunctionResultContent))
            yield return new ChatMessage(ChatRole.Tool, [result]);
        if (rest.Count > 0 || message.Contents.Count == 0)
            yield return new ChatMessage(message.Role == ChatRole.Assistant ? ChatRole.Assistant : ChatRole.User, rest);
    }

    public static byte[] Entry(ChatMessage message, PiEntryFrame frame, Func<string, string?> toolName) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        if (frame.Id is not null)
        {
            writer.WriteString("id"u8, frame.Id);
            if (frame.Parent is null)
                writer.WriteNull("parentId"u8);
            else
                writer.WriteString("parentId"u8, frame.Parent);
        }

        writer.Time("timestamp"u8, frame.Time);
        writer.WritePropertyName("message"u8);
        Message(writer, message, frame, toolName);
        writer.WriteEndObject();
    });

    public static void Blocks(Utf8JsonWriter writer, IEnumerable<AIContent> contents)
    {
        writer.WriteStartArray();
        foreach (var content in contents)
            Block(writer, content);
        writer.WriteEndArray();
    }

    public static void ResultBlocks(Utf8JsonWriter writer, object? result) =>
        Blocks(writer, result switch
        {
            IEnumerable<AIContent> contents => contents,
            AIContent content => [content],
            _ => [new TextContent(ResultText.Of(result))],
        });

    public static void Block(Utf8JsonWriter writer, AIContent content)
    {
        if (content is not (TextContent or TextReasoningContent or FunctionCallContent or DataContent)
            && content.RawRepresentation is JsonElement { ValueKind: JsonValueKind.Object } raw)
        {
            JsonOutput.Value(writer, raw);
            return;
        }

        writer.WriteStartObject();
        switch (content)
        {
            case TextReasoningContent reasoning:
                writer.WriteString("type"u8, "thinking"u8);
                writer.Text("thinking"u8, reasoning.Text);
                if (reasoning.ProtectedData is { } signature)
                    writer.Text("thinkingSignature"u8, signature);
                break;
            case FunctionCallContent call:
                writer.WriteString("type"u8, "toolCall"u8);
                writer.Text("id"u8, call.CallId);
                writer.Text("name"u8, call.Name);
                writer.WritePropertyName("arguments"u8);
                JsonOutput.Value(writer, call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal));
                break;
            case DataContent image when image.HasTopLevelMediaType("image"):
                writer.WriteString("type"u8, "image"u8);
                writer.WriteBase64String("data"u8, image.Data.Span);
                writer.Text("mimeType"u8, image.MediaType);
                break;
            default:
                writer.WriteString("type"u8, "text"u8);
                writer.Text(
                    "text"u8,
                    (content as TextContent)?.Text ?? (content as UriContent)?.Uri.OriginalString ?? $"[{content.GetType().Name}]");
                break;
        }

        writer.WriteEndObject();
    }

    private static void Message(Utf8JsonWriter writer, ChatMessage message, PiEntryFrame frame, Func<string, string?> toolName)
    {
        writer.WriteStartObject();
        if (message.Contents is [FunctionResultContent result])
        {
            writer.WriteString("role"u8, "toolResult"u8);
            writer.Text("toolCallId"u8, result.CallId);
            writer.Text("toolName"u8, toolName(result.CallId) ?? "");
            writer.WritePropertyName("content"u8);
            ResultBlocks(writer, result.Result);
            writer.WriteBoolean("isError"u8, result.Exception is not null);
        }
        else
        {
            writer.WriteString("role"u8, message.Role == ChatRole.Assistant ? "assistant"u8 : "user"u8);
            writer.WritePropertyName("content"u8);
            Blocks(writer, message.Contents);
            if (message.Role == ChatRole.Assistant)
                WriteSource(writer, frame.Model, message.Contents.Any(static content => content is FunctionCallContent));
        }

        writer.WriteNumber("timestamp"u8, frame.Time.ToUnixTimeMilliseconds());
        writer.WriteEndObject();
    }

    private static void WriteSource(Utf8JsonWriter writer, string? model, bool callsTools)
    {
        writer.WriteString("api"u8, "anthropic-messages"u8);
        writer.WriteString("provider"u8, "anthropic"u8);
        writer.Text("model"u8, model ?? "");
        writer.Raw(
            "usage"u8,
            "{\"input\":0,\"output\":0,\"cacheRead\":0,\"cacheWrite\":0,\"totalTokens\":0,\"cost\":{\"input\":0,"u8
            + "\"output\":0,\"cacheRead\":0,\"cacheWrite\":0,\"total\":0}}"u8);
        writer.WriteString("stopReason"u8, callsTools ? "toolUse"u8 : "stop"u8);
    }
}
