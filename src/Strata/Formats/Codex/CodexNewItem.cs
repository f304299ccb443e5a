using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Codex;

/// <summary>Messages as items of a rollout: text in one, each call, result and thought in one of its own.</summary>
internal static class CodexNewItem
{
    /// <summary>The items, each as JSON, that hold <paramref name="message"/>.</summary>
    /// <param name="message">What to write.</param>
    /// <param name="keepReasoning">False where encrypted reasoning is another vendor's, which OpenAI refuses.</param>
    public static IEnumerable<byte[]> Items(ChatMessage message, bool keepReasoning)
    {
        var parts = new List<AIContent>();
        foreach (var content in message.Contents)
        {
            if (content is FunctionCallContent or FunctionResultContent or TextReasoningContent || IsItem(content))
            {
                if (parts.Count > 0)
                    yield return Message(message.Role, parts);
                parts.Clear();
                if (keepReasoning || content is not TextReasoningContent)
                    yield return JsonOutput.Write(writer => Item(writer, content));
            }
            else
            {
                parts.Add(content);
            }
        }

        if (parts.Count > 0 || message.Contents.Count == 0)
            yield return Message(message.Role, parts);
    }

    /// <summary>A result's text, or its list of parts.</summary>
    public static void Output(Utf8JsonWriter writer, object? result)
    {
        if (result is AIContent single)
            result = new[] { single };
        if (result is IEnumerable<AIContent> contents)
            Parts(writer, contents, "input_text"u8);
        else
            JsonOutput.Value(writer, ResultText.Of(result));
    }

    public static void Part(Utf8JsonWriter writer, AIContent part, ReadOnlySpan<byte> textType)
    {
        var url = part switch
        {
            DataContent data when data.HasTopLevelMediaType("image") => data.Uri,
            UriContent uri when uri.HasTopLevelMediaType("image") => uri.Uri.OriginalString,
            _ => null,
        };
        if (url is null && part is not TextContent && part.RawRepresentation is JsonElement { ValueKind: JsonValueKind.Object } raw)
        {
            JsonOutput.Value(writer, raw);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, url is null ? textType : "input_image"u8);
        if (url is null)
            writer.Text("text"u8, (part as TextContent)?.Text ?? $"[{part.GetType().Name}]");
        else
            writer.Text("image_url"u8, url);
        writer.WriteEndObject();
    }

    /// <summary>A call's arguments as JSON; text that was no JSON stands alone again.</summary>
    public static string Arguments(FunctionCallContent call) =>
        call.Arguments is { Count: 1 } && call.Arguments.TryGetValue(JsonValues.LoneArgument, out var lone) && lone is string text
            ? text
            : Encoding.UTF8.GetString(JsonOutput.Write(writer =>
                JsonOutput.Value(writer, call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))));

    private static byte[] Message(ChatRole role, List<AIContent> parts) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("role"u8, role == ChatRole.Assistant ? "assistant"u8 : role == ChatRole.System ? "developer"u8 : "user"u8);
        writer.WritePropertyName("content"u8);
        Parts(writer, parts, role == ChatRole.Assistant ? "output_text"u8 : "input_text"u8);
        writer.WriteEndObject();
    });

    private static void Parts(Utf8JsonWriter writer, IEnumerable<AIContent> parts, ReadOnlySpan<byte> textType)
    {
        writer.WriteStartArray();
        foreach (var part in parts)
            Part(writer, part, textType);
        writer.WriteEndArray();
    }

    // What is not known was read as a whole item; parts of a message are the input and output of one.
    private static bool IsItem(AIContent content) => content.RawRepresentation is JsonElement raw && raw.Text("type"u8) is { } type
        && !type.StartsWith("input_", StringComparison.Ordinal) && !type.StartsWith("output_", StringComparison.Ordinal)
        && type is not ("text" or "refusal" or "summary_text" or "reasoning_text");

    private static void Item(Utf8JsonWriter writer, AIContent content)
    {
        if (content is not (FunctionCallContent or FunctionResultContent or TextReasoningContent))
        {
            JsonOutput.Value(writer, content.RawRepresentation);
            return;
        }

        writer.WriteStartObject();
        switch (content)
        {
            case FunctionCallContent call:
                writer.WriteString("type"u8, "function_call"u8);
                writer.Text("name"u8, call.Name);
                writer.Text("arguments"u8, Arguments(call));
                writer.Text("call_id"u8, call.CallId);
                break;
            case FunctionResultContent result:
                writer.WriteString("type"u8, "function_call_output"u8);
                writer.Text("call_id"u8, result.CallId);
                writer.WritePropertyName("output"u8);
                Output(writer, result.Result);
                break;
            case TextReasoningContent reasoning:
                writer.WriteString("type"u8, "reasoning"u8);
                writer.WriteStartArray("summary"u8);
                if (reasoning.Text.Length > 0)
                {
                    writer.WriteStartObject();
                    writer.WriteString("type"u8, "summary_text"u8);
                    writer.Text("text"u8, reasoning.Text);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                if (reasoning.ProtectedData is { } secret)
                    writer.Text("encrypted_content"u8, secret);
                break;
        }

        writer.WriteEndObject();
    }
}
