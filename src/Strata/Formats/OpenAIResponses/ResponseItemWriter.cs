using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.OpenAIResponses;

/// <summary>
/// Writes messages new: text and media of a message as one item, every call, result and signed thought as an item of its own.
/// </summary>
internal static class ResponseItemWriter
{
    public static IEnumerable<byte[]> Write(ChatMessage message, ConversionContext context)
    {
        var parts = new List<AIContent>();
        foreach (var content in message.Contents)
        {
            byte[]? item = content switch
            {
                TextReasoningContent { ProtectedData: { Length: > 0 } } reasoning when context.KeepsReasoning =>
                    JsonBuilder.Build(writer => WriteReasoning(writer, reasoning)),
                FunctionCallContent call => JsonBuilder.Build(writer => WriteCall(writer, call)),
                FunctionResultContent result => JsonBuilder.Build(writer => WriteResult(writer, result)),
                _ when context.KeepsReasoning && ItemOf(content) is { } own => own,
                _ => null,
            };
            if (item is null)
            {
                if (content is not TextReasoningContent && content.GetType() != typeof(AIContent))
                    parts.Add(content);
                continue;
            }

            if (parts.Count > 0)
                yield return WriteMessage(message, parts);
            parts.Clear();
            yield return item;
        }

        if (parts.Count > 0)
            yield return WriteMessage(message, parts);
    }

    // An item that only OpenAI understands stands alone in its message; beside others it is a part of one.
    private static byte[]? ItemOf(AIContent content) =>
        content.GetType() == typeof(AIContent) && MediaContents.RawBlock(content) is { } raw && raw.TryGetProperty("type", out var type)
        && type.ValueKind == JsonValueKind.String && !type.GetString()!.StartsWith("input_", StringComparison.Ordinal)
            ? JsonElements.Raw(raw)
            : null;

    public static void WritePart(Utf8JsonWriter writer, AIContent content, ChatRole role) => writer.Object(() =>
    {
        switch (content)
        {
            case DataContent data when role != ChatRole.Assistant && data.HasTopLevelMediaType("image"):
                writer.Text("type", "input_image");
                writer.Text("image_url", data.Uri);
                break;
            case UriContent link when role != ChatRole.Assistant && link.HasTopLevelMediaType("image"):
                writer.Text("type", "input_image");
                writer.Text("image_url", link.Uri.OriginalString);
                break;
            case DataContent { MediaType: "application/pdf" } data when role != ChatRole.Assistant:
                writer.Text("type", "input_file");
                writer.Text("filename", data.Name ?? "file.pdf");
                writer.Text("file_data", data.Uri);
                break;
            default:
                writer.Text("type", role == ChatRole.Assistant ? "output_text" : "input_text");
                writer.Text("text", ContentText.Of(content) ?? MediaContents.Describe(content));
                break;
        }
    });

    public static void WriteTool(Utf8JsonWriter writer, AIFunctionDeclaration tool)
    {
        writer.Text("type", "function");
        writer.Text("name", tool.Name);
        writer.Text("description", tool.Description);
        writer.Raw("parameters", JsonElements.Raw(tool.JsonSchema));
    }

    private static byte[] WriteMessage(ChatMessage message, List<AIContent> parts) => JsonBuilder.Build(writer => writer.Object(() =>
    {
        var role = message.Role == ChatRole.Tool ? ChatRole.User : message.Role;
        writer.Text("type", "message");
        writer.Text("role", role.Value);
        if (parts is [TextContent only])
            writer.Text("content", only.Text);
        else
            writer.List("content", () => parts.ForEach(part => WritePart(writer, part, role)));
    }));

    private static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call) => writer.Object(() =>
    {
        writer.Text("type", "function_call");
        writer.Text("call_id", call.CallId);
        writer.Text("name", call.Name);
        writer.Text("arguments", CallArguments.ToText(call.Arguments));
    });

    private static void WriteResult(Utf8JsonWriter writer, FunctionResultContent result) => writer.Object(() =>
    {
        writer.Text("type", "function_call_output");
        writer.Text("call_id", result.CallId);
        if (result.Result is IEnumerable<AIContent> parts)
        {
            writer.List("output", () =>
            {
                foreach (var part in parts)
                    WritePart(writer, part, ChatRole.Tool);
            });
        }
        else
        {
            writer.Text("output", ContentText.OfResult(result.Result));
        }
    });

    private static void WriteReasoning(Utf8JsonWriter writer, TextReasoningContent reasoning) => writer.Object(() =>
    {
        writer.Text("type", "reasoning");
        writer.List("summary", () =>
        {
            if (reasoning.Text.Length > 0)
            {
                writer.Object(() =>
                {
                    writer.Text("type", "summary_text");
                    writer.Text("text", reasoning.Text);
                });
            }
        });
        writer.Text("encrypted_content", reasoning.ProtectedData);
    });
}
