using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;

namespace Strata.Formats.OpenAIChat;

/// <summary>Writes messages new. Reasoning is left out: the API takes none back.</summary>
internal static partial class OpenAIChatWriter
{
    public static IEnumerable<byte[]> Write(ChatMessage message)
    {
        var media = new List<AIContent>();
        foreach (var result in message.Contents.OfType<FunctionResultContent>())
        {
            yield return JsonBuilder.Build(writer => WriteResult(writer, result));
            if (result.Result is IEnumerable<AIContent> parts)
                media.AddRange(parts.Where(static part => part is DataContent or UriContent));
        }

        var rest = message.Contents.Where(static content => content is not (FunctionResultContent or TextReasoningContent)
            && (content.GetType() != typeof(AIContent))).ToList();

        // A tool message carries text only, so what a tool showed follows in a message of the user's side.
        if (media.Count > 0)
            rest.InsertRange(0, [new TextContent("[media returned by the tool]"), .. media]);
        if (rest.Count > 0)
            yield return JsonBuilder.Build(writer =>
                WriteMessage(writer, message.Role == ChatRole.Tool ? ChatRole.User : message.Role, message.AuthorName, rest));
    }

    public static void WritePart(Utf8JsonWriter writer, AIContent content, ChatRole role) => writer.Object(() =>
    {
        switch (content)
        {
            case DataContent data when role == ChatRole.User && data.HasTopLevelMediaType("image"):
                WriteImage(writer, data.Uri);
                break;
            case UriContent link when role == ChatRole.User && link.HasTopLevelMediaType("image"):
                WriteImage(writer, link.Uri.OriginalString);
                break;
            case DataContent { MediaType: "audio/wav" or "audio/mp3" or "audio/mpeg" } data when role == ChatRole.User:
                writer.Text("type", "input_audio");
                writer.Object("input_audio", () =>
                {
                    writer.Text("data", data.Base64Data.ToString());
                    writer.Text("format", data.MediaType is "audio/wav" ? "wav" : "mp3");
                });
                break;
            case DataContent { MediaType: "application/pdf" } data when role == ChatRole.User:
                writer.Text("type", "file");
                writer.Object("file", () =>
                {
                    writer.Text("filename", data.Name ?? "file.pdf");
                    writer.Text("file_data", data.Uri);
                });
                break;
            default:
                writer.Text("type", "text");
                writer.Text("text", ContentText.Of(content) ?? MediaContents.Describe(content));
                break;
        }
    });

    private static void WriteMessage(Utf8JsonWriter writer, ChatRole role, string? author, List<AIContent> contents) => writer.Object(() =>
    {
        writer.Text("role", role.Value);
        if (author is not null && AuthorName().IsMatch(author))
            writer.Text("name", author);
        var calls = contents.OfType<FunctionCallContent>().ToList();
        var parts = contents.Where(static content => content is not FunctionCallContent).ToList();
        if (parts is [TextContent only])
            writer.Text("content", only.Text);
        else if (parts.Count > 0)
            writer.List("content", () => parts.ForEach(part => WritePart(writer, part, role)));
        else
            writer.WriteNull("content");
        if (calls.Count > 0)
            writer.List("tool_calls", () => calls.ForEach(call => WriteCall(writer, call)));
    });

    private static void WriteCall(Utf8JsonWriter writer, FunctionCallContent call) => writer.Object(() =>
    {
        writer.Text("id", call.CallId);
        writer.Text("type", "function");
        writer.Object("function", () =>
        {
            writer.Text("name", call.Name);
            writer.Text("arguments", CallArguments.ToText(call.Arguments));
        });
    });

    private static void WriteResult(Utf8JsonWriter writer, FunctionResultContent result) => writer.Object(() =>
    {
        writer.Text("role", "tool");
        writer.Text("tool_call_id", result.CallId);
        writer.Text("content", ContentText.OfResult(result.Result));
    });

    private static void WriteImage(Utf8JsonWriter writer, string uri)
    {
        writer.Text("type", "image_url");
        writer.Object("image_url", () => writer.Text("url", uri));
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]{1,64}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AuthorName();
}
