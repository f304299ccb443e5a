using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>Contents as the blocks of Anthropic's messages.</summary>
internal static class ClaudeCodeBlocks
{
    /// <summary>Blocks in an array; a plain string where <paramref name="contents"/> is one text.</summary>
    public static void WriteContent(Utf8JsonWriter writer, IList<AIContent> contents, bool keepReasoning)
    {
        if (contents is [TextContent only])
        {
            JsonOutput.Value(writer, only.Text);
            return;
        }

        writer.WriteStartArray();
        foreach (var content in contents)
        {
            if (keepReasoning || content is not TextReasoningContent)
                Write(writer, content);
        }

        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, AIContent content)
    {
        if (content is not (TextContent or TextReasoningContent or FunctionCallContent or FunctionResultContent or DataContent
            or UriContent)
            && content.RawRepresentation is JsonElement { ValueKind: JsonValueKind.Object } raw)
        {
            JsonOutput.Value(writer, raw);
            return;
        }

        writer.WriteStartObject();
        switch (content)
        {
            case TextReasoningContent { Text: "", ProtectedData: { } data }:
                writer.WriteString("type"u8, "redacted_thinking"u8);
                writer.Text("data"u8, data);
                break;
            case TextReasoningContent reasoning:
                writer.WriteString("type"u8, "thinking"u8);
                writer.Text("thinking"u8, reasoning.Text);
                writer.Text("signature"u8, reasoning.ProtectedData ?? "");
                break;
            case FunctionCallContent call:
                writer.WriteString("type"u8, "tool_use"u8);
                writer.Text("id"u8, call.CallId);
                writer.Text("name"u8, call.Name);
                writer.WritePropertyName("input"u8);
                WriteInput(writer, call);
                break;
            case FunctionResultContent result:
                writer.Text("tool_use_id"u8, result.CallId);
                writer.WriteString("type"u8, "tool_result"u8);
                writer.WritePropertyName("content"u8);
                WriteResult(writer, result.Result);
                if (result.Exception is not null)
                    writer.WriteBoolean("is_error"u8, value: true);
                break;
            case DataContent image when image.HasTopLevelMediaType("image"):
                writer.WriteString("type"u8, "image"u8);
                writer.WriteStartObject("source"u8);
                writer.WriteString("type"u8, "base64"u8);
                writer.Text("media_type"u8, image.MediaType);
                writer.WriteBase64String("data"u8, image.Data.Span);
                writer.WriteEndObject();
                break;
            case UriContent image when image.HasTopLevelMediaType("image"):
                writer.WriteString("type"u8, "image"u8);
                writer.WriteStartObject("source"u8);
                writer.WriteString("type"u8, "url"u8);
                writer.Text("url"u8, image.Uri.OriginalString);
                writer.WriteEndObject();
                break;
            default:
                writer.WriteString("type"u8, "text"u8);
                writer.Text("text"u8, (content as TextContent)?.Text ?? $"[{content.GetType().Name}]");
                break;
        }

        writer.WriteEndObject();
    }

    /// <summary>A call's input, which is an object even when there are no arguments.</summary>
    public static void WriteInput(Utf8JsonWriter writer, FunctionCallContent call) =>
        JsonOutput.Value(writer, call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal));

    /// <summary>A result: text as a string, contents as blocks, anything else as its JSON in a string.</summary>
    public static void WriteResult(Utf8JsonWriter writer, object? result)
    {
        switch (result)
        {
            case IEnumerable<AIContent> contents:
                writer.WriteStartArray();
                foreach (var content in contents)
                    Write(writer, content);
                writer.WriteEndArray();
                break;
            case AIContent content:
                WriteResult(writer, new[] { content });
                break;
            default:
                JsonOutput.Value(writer, ResultText.Of(result));
                break;
        }
    }
}
