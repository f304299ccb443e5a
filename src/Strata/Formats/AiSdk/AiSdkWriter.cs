using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.AiSdk;

/// <summary>Writes ModelMessages new: results of tools in a message of their own, everything else in one.</summary>
internal static class AiSdkWriter
{
    /// <summary>The name of the tool by call id: a result names it.</summary>
    public static Dictionary<string, string> ToolNames(IReadOnlyList<ChatMessage> messages)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var call in messages.SelectMany(static message => message.Contents.OfType<FunctionCallContent>()))
            names[call.CallId] = call.Name;
        return names;
    }

    public static IEnumerable<byte[]> Write(ChatMessage message, ConversionContext context)
    {
        var results = message.Contents.Where(static content => content is FunctionResultContent).ToList();
        if (results.Count > 0)
            yield return JsonBuilder.Build(writer => WriteMessage(writer, "tool", results, context));
        var rest = message.Contents.Where(content => content is not FunctionResultContent && CanWrite(content, message.Role, context))
            .ToList();
        if (rest.Count > 0)
        {
            var role = message.Role == ChatRole.Tool ? "user" : message.Role.Value;
            yield return JsonBuilder.Build(writer => WriteMessage(writer, role, rest, context));
        }

    }

    public static void WritePart(Utf8JsonWriter writer, AIContent content, ConversionContext context)
    {
        if (MediaContents.RawBlock(content) is { } raw && content.GetType() == typeof(AIContent))
            writer.WriteRawValue(raw.GetRawText());
        else
            writer.Object(() => WriteMembers(writer, content, context));
    }

    private static bool CanWrite(AIContent content, ChatRole role, ConversionContext context) => content switch
    {
        TextReasoningContent => role == ChatRole.Assistant && context.KeepsReasoning,
        _ => content.GetType() != typeof(AIContent) || (context.KeepsReasoning && MediaContents.RawBlock(content) is not null),
    };

    private static void WriteMessage(Utf8JsonWriter writer, string role, List<AIContent> contents, ConversionContext context) =>
        writer.Object(() =>
    {
        writer.Text("role", role);
        if (contents is [TextContent only])
            writer.Text("content", only.Text);
        else if (role == "system")
            writer.Text("content", string.Join('\n', contents.Select(static part => ContentText.Of(part) ?? MediaContents.Describe(part))));
        else
            writer.List("content", () => contents.ForEach(content => WritePart(writer, content, context)));
    });

    private static void WriteMembers(Utf8JsonWriter writer, AIContent content, ConversionContext context)
    {
        switch (content)
        {
            case FunctionCallContent call:
                writer.Text("type", "tool-call");
                writer.Text("toolCallId", call.CallId);
                writer.Text("toolName", call.Name);
                writer.Raw("input", CallArguments.ToObject(call.Arguments));
                break;
            case FunctionResultContent result:
                writer.Text("type", "tool-result");
                writer.Text("toolCallId", result.CallId);
                writer.Text("toolName", context.ToolNames.GetValueOrDefault(result.CallId) ?? "unknown");
                writer.Object("output", () =>
                {
                    writer.Text("type", result.Exception is null ? "text" : "error-text");
                    writer.Text("value", ContentText.OfResult(result.Result));
                });
                break;
            case TextReasoningContent reasoning:
                writer.Text("type", "reasoning");
                writer.Text("text", reasoning.Text);
                break;
            case DataContent data when data.HasTopLevelMediaType("image"):
                writer.Text("type", "image");
                writer.Text("image", data.Uri);
                writer.Text("mediaType", data.MediaType);
                break;
            case DataContent data:
                writer.Text("type", "file");
                writer.Text("data", data.Uri);
                writer.Text("mediaType", data.MediaType);
                break;
            case UriContent link:
                writer.Text("type", "file");
                writer.Text("data", link.Uri.OriginalString);
                writer.Text("mediaType", link.MediaType);
                break;
            default:
                writer.Text("type", "text");
                writer.Text("text", ContentText.Of(content) ?? MediaContents.Describe(content));
                break;
        }
    }
}
