using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Gemini;

/// <summary>Lines that no session held before.</summary>
internal static class GeminiNewLine
{
    public static byte[] Session(string id, DateTimeOffset time) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("sessionId"u8, id);
        writer.WriteString("projectHash"u8, ""u8);
        writer.Time("startTime"u8, time);
        writer.Time("lastUpdated"u8, time);
        writer.WriteString("kind"u8, "main"u8);
        writer.WriteEndObject();
    });

    /// <summary>The name of the tool by call id: results name it.</summary>
    public static Dictionary<string, string> ToolNames(IEnumerable<ChatMessage> messages)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var call in messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>())
            names[call.CallId] = call.Name;
        return names;
    }

    public static byte[] Message(ChatMessage message, string id, DateTimeOffset time, string? model, Dictionary<string, string> names) =>
        JsonOutput.Write(writer =>
        {
            var isModel = message.Role == ChatRole.Assistant;
            var calls = message.Contents.OfType<FunctionCallContent>().ToList();
            writer.WriteStartObject();
            writer.WriteString("id"u8, id);
            writer.Time("timestamp"u8, time);
            writer.WriteString("type"u8, isModel ? "gemini"u8 : "user"u8);
            writer.WritePropertyName("content"u8);
            Parts(writer, message.Contents.Where(static content => content is not (FunctionCallContent or TextReasoningContent)), names);
            if (isModel && model is not null)
                writer.Text("model"u8, model);
            if (calls.Count > 0)
            {
                writer.WritePropertyName("toolCalls"u8);
                writer.WriteStartArray();
                foreach (var call in calls)
                    Call(writer, call, time);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        });

    public static void Parts(Utf8JsonWriter writer, IEnumerable<AIContent> contents, Dictionary<string, string> names)
    {
        writer.WriteStartArray();
        foreach (var content in contents)
            Part(writer, content, names);
        writer.WriteEndArray();
    }

    public static void Part(Utf8JsonWriter writer, AIContent content, Dictionary<string, string> names)
    {
        if (content is not (TextContent or DataContent or FunctionResultContent) && content.RawRepresentation is JsonElement raw)
        {
            JsonOutput.Value(writer, raw);
            return;
        }

        writer.WriteStartObject();
        switch (content)
        {
            case FunctionResultContent result:
                writer.WritePropertyName("functionResponse"u8);
                writer.WriteStartObject();
                writer.Text("id"u8, result.CallId);
                writer.Text("name"u8, names.GetValueOrDefault(result.CallId, ""));
                writer.WritePropertyName("response"u8);
                Response(writer, result);
                writer.WriteEndObject();
                break;
            case DataContent data:
                writer.WritePropertyName("inlineData"u8);
                writer.WriteStartObject();
                writer.Text("mimeType"u8, data.MediaType);
                writer.WriteBase64String("data"u8, data.Data.Span);
                writer.WriteEndObject();
                break;
            default:
                writer.Text("text"u8, Json.ContentText.Of(content) ?? Json.MediaContents.Describe(content));
                break;
        }

        writer.WriteEndObject();
    }

    public static void Response(Utf8JsonWriter writer, FunctionResultContent result)
    {
        if (result is { Exception: null, Result: JsonElement { ValueKind: JsonValueKind.Object } whole })
        {
            JsonOutput.Value(writer, whole);
            return;
        }

        writer.WriteStartObject();
        writer.Text(result.Exception is null ? "output"u8 : "error"u8, Json.ContentText.OfResult(result.Result));
        writer.WriteEndObject();
    }

    private static void Call(Utf8JsonWriter writer, FunctionCallContent call, DateTimeOffset time)
    {
        writer.WriteStartObject();
        writer.Text("id"u8, call.CallId);
        writer.Text("name"u8, call.Name);
        writer.WritePropertyName("args"u8);
        JsonOutput.Value(writer, call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal));
        writer.WriteString("status"u8, "success"u8);
        writer.Time("timestamp"u8, time);
        writer.WriteEndObject();
    }
}
