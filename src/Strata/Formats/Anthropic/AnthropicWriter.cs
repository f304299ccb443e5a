using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.Anthropic;

/// <summary>Writes messages new.</summary>
internal static class AnthropicWriter
{
    /// <summary>What stands before an answer that has lost the question: the first message has to be the user's.</summary>
    public static ChatMessage Opening() => new(ChatRole.User, "[earlier messages removed]");

    public static IEnumerable<byte[]> Write(ChatMessage message, ConversionContext context)
    {
        // Results first: the API refuses text that stands before them.
        var contents = message.Contents.OrderByDescending(static content => content is FunctionResultContent)
            .Where(content => CanWrite(content, context)).ToList();
        if (contents.Count == 0)
            yield break;
        yield return JsonBuilder.Build(writer => writer.Object(() =>
        {
            writer.Text("role", message.Role == ChatRole.Assistant ? "assistant" : "user");
            if (contents is [TextContent only])
                writer.Text("content", only.Text);
            else
                writer.List("content", () => contents.ForEach(content => WritePart(writer, content, context)));
        }));
    }

    public static void WritePart(Utf8JsonWriter writer, AIContent content, ConversionContext context)
    {
        if (RawBlock(content, context) is { } raw)
        {
            writer.WriteRawValue(JsonElements.Raw(raw), skipInputValidation: true);
            return;
        }

        writer.Object(() => WriteBlock(writer, content, context));
    }

    public static void WriteTool(Utf8JsonWriter writer, AIFunctionDeclaration tool)
    {
        writer.Text("name", tool.Name);
        writer.Text("description", tool.Description);
        writer.Raw("input_schema", JsonElements.Raw(tool.JsonSchema));
    }

    private static void WriteBlock(Utf8JsonWriter writer, AIContent content, ConversionContext context)
    {
        switch (content)
        {
            case TextReasoningContent { ProtectedData: { } signature } thinking:
                writer.Text("type", "thinking");
                writer.Text("thinking", thinking.Text);
                writer.Text("signature", signature);
                break;
            case FunctionCallContent call:
                writer.Text("type", "tool_use");
                writer.Text("id", call.CallId);
                writer.Text("name", call.Name);
                writer.Raw("input", CallArguments.ToObject(call.Arguments));
                break;
            case FunctionResultContent result:
                WriteResult(writer, result, context);
                break;
            case DataContent data when data.HasTopLevelMediaType("image") || data.MediaType is "application/pdf":
                writer.Text("type", data.MediaType is "application/pdf" ? "document" : "image");
                writer.Object("source", () =>
                {
                    writer.Text("type", "base64");
                    writer.Text("media_type", data.MediaType);
                    writer.Text("data", data.Base64Data.ToString());
                });
                break;
            case UriContent link when link.HasTopLevelMediaType("image") || link.MediaType is "application/pdf":
                writer.Text("type", link.MediaType is "application/pdf" ? "document" : "image");
                writer.Object("source", () =>
                {
                    writer.Text("type", "url");
                    writer.Text("url", link.Uri.OriginalString);
                });
                break;
            default:
                writer.Text("type", "text");
                writer.Text("text", ContentText.Of(content) ?? MediaContents.Describe(content));
                break;
        }
    }

    private static void WriteResult(Utf8JsonWriter writer, FunctionResultContent result, ConversionContext context)
    {
        writer.Text("type", "tool_result");
        writer.Text("tool_use_id", result.CallId);
        if (result.Result is IEnumerable<AIContent> parts)
        {
            writer.List("content", () =>
            {
                foreach (var part in parts.Where(part => CanWrite(part, context)))
                    WritePart(writer, part, context);
            });
        }
        else
        {
            writer.Text("content", ContentText.OfResult(result.Result));
        }

        if (result.Exception is not null)
            writer.WriteBoolean("is_error", value: true);
    }

    // A signature is worth something only where it was made, and blank text is refused.
    private static bool CanWrite(AIContent content, ConversionContext context) => content switch
    {
        TextReasoningContent reasoning => context.KeepsReasoning
            && (RawBlock(content, context) is not null || (reasoning.Text.Length > 0 && reasoning.ProtectedData is { Length: > 0 })),
        TextContent text => !string.IsNullOrWhiteSpace(text.Text),
        ErrorContent error => !string.IsNullOrWhiteSpace(error.Message),
        _ => content.GetType() != typeof(AIContent) || RawBlock(content, context) is not null,
    };

    private static JsonElement? RawBlock(AIContent content, ConversionContext context) =>
        context.KeepsReasoning && (content is TextReasoningContent || content.GetType() == typeof(AIContent))
            ? MediaContents.RawBlock(content) : null;
}
