using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Tests.Formats.Json;

/// <summary>Short words for the tests of the body formats.</summary>
internal static class BodyTesting
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping
    };

    public static ISessionFormat Format(string name) => SessionFormats.Find(name) ?? throw new ArgumentException(name, nameof(name));

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static SessionDocument Read(string format, string json) => Read(format, Bytes(json));

    public static SessionDocument Read(string format, byte[] json)
    {
        using var stream = new MemoryStream(json);
        return Format(format).ReadAsync(stream, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
    }

    public static byte[] WriteBytes(string format, SessionDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        using var stream = new MemoryStream();
        Format(format).WriteAsync(document, messages, stream, TestContext.Current.CancellationToken).AsTask().GetAwaiter().GetResult();
        return stream.ToArray();
    }

    public static string Write(string format, SessionDocument document, IReadOnlyList<OutgoingMessage> messages) =>
        Encoding.UTF8.GetString(WriteBytes(format, document, messages));

    public static List<OutgoingMessage> All(SessionDocument document) =>
        [.. document.Messages.Select(static (message, index) => new OutgoingMessage(message, index))];

    public static List<OutgoingMessage> Only(SessionDocument document, params int[] indexes) =>
        [.. indexes.Select(index => new OutgoingMessage(document.Messages[index], index))];

    /// <summary>All messages, one of whose contents is replaced.</summary>
    public static List<OutgoingMessage> Replace(SessionDocument document, int message, int content, AIContent replacement)
    {
        var all = All(document);
        var contents = document.Messages[message].Contents.ToList();
        contents[content] = replacement;
        all[message] = new OutgoingMessage(new ChatMessage(document.Messages[message].Role, contents), message);
        return all;
    }

    public static OutgoingMessage New(ChatRole role, string text) => new(new ChatMessage(role, text), -1);

    public static JsonElement Parse(string json) => JsonElement.Parse(json);

    public static string Summary(ChatMessage message) => $"{message.Role.Value}: {string.Join(" | ", message.Contents.Select(Summary))}";

    public static string[] SummariesOf(SessionDocument document) => [.. document.Messages.Select(Summary)];

    public static string Summary(AIContent content) => content switch
    {
        TextContent text => text.Text,
        TextReasoningContent reasoning => $"<{reasoning.Text}>{(reasoning.ProtectedData is { } data ? "#" + data : "")}",
        FunctionCallContent call =>
            $"{call.CallId}={call.Name}({(call.Arguments is null ? "" : JsonSerializer.Serialize(call.Arguments, Readable))})",
        FunctionResultContent { Result: IEnumerable<AIContent> parts } result =>
            $"{result.CallId}->[{string.Join(", ", parts.Select(Summary))}]",
        FunctionResultContent result => $"{result.CallId}->{result.Result}",
        DataContent data => $"{data.MediaType}:{data.Data.Length}",
        UriContent link => $"{link.MediaType}:{link.Uri}",
        HostedFileContent file => $"file:{file.FileId}",
        ErrorContent error => $"!{error.Message}",
        _ when content.RawRepresentation is JsonElement raw =>
            $"?{(raw.ValueKind == JsonValueKind.Object && raw.TryGetProperty("type", out var type) ? type.GetString() : raw.GetRawText())}",
        _ => "?",
    };
}
