using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.Ollama;

/// <summary>Writes messages new.</summary>
internal static class OllamaWriter
{
    public static IEnumerable<byte[]> Write(ChatMessage message, ConversionContext context)
    {
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
            yield return JsonBuilder.Build(writer =>
                WriteResult(writer, result, context.ToolNames.GetValueOrDefault(result.CallId) ?? message.AuthorName));
        var rest = message.Contents.Where(static content => content is not FunctionResultContent && content.GetType() != typeof(AIContent))
            .ToList();
        if (rest.Count > 0)
            yield return JsonBuilder.Build(writer =>
                WriteMessage(writer, message.Role == ChatRole.Tool ? ChatRole.User : message.Role, rest));
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatRole role, List<AIContent> contents) => writer.Object(() =>
    {
        var thoughts =
            contents.OfType<TextReasoningContent>().Select(static thought => thought.Text).Where(static text => text.Length > 0).ToList();
        var texts = contents.Where(static content => content is not (TextReasoningContent or FunctionCallContent) && !IsImage(content))
            .Select(static content => ContentText.Of(content) ?? MediaContents.Describe(content));
        writer.Text("role", role.Value);
        writer.Text("content", string.Join('\n', texts));
        if (thoughts.Count > 0)
            writer.Text("thinking", string.Join("\n\n", thoughts));
        WriteImages(writer, contents);
        if (contents.OfType<FunctionCallContent>().ToList() is { Count: > 0 } calls)
            writer.List("tool_calls", () => calls.ForEach(call => WriteCall(writer, call)));
    });

    private static void WriteResult(Utf8JsonWriter writer, FunctionResultContent result, string? toolName) => writer.Object(() =>
    {
        writer.Text("role", "tool");
        writer.Text("tool_name", toolName);
        writer.Text("tool_call_id", result.CallId);
        if (result.Result is IEnumerable<AIContent> parts && parts.Any(IsImage))
        {
            writer.Text("content", ContentText.OfResult(parts.Where(static part => !IsImage(part))));
            WriteImages(writer, parts);
        }
        else
        {
            writer.Text("content", ContentText.OfResult(result.Result));
        }
    });

    private static void WriteImages(Utf8JsonWriter writer, IEnumerable<AIContent> contents)
    {
        if (contents.Where(IsImage).ToList() is { Count: > 0 } images)
            writer.List("images", () => images.ForEach(image => writer.Text(((DataContent)image).Base64Data.ToString())));
    }

    private static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call) => writer.Object(() =>
    {
        writer.Text("id", call.CallId);
        writer.Object("function", () =>
        {
            writer.Text("name", call.Name);
            writer.Raw("arguments", CallArguments.ToObject(call.Arguments));
        });
    });

    private static bool IsImage(AIContent content) => content is DataContent data && data.HasTopLevelMediaType("image");
}
