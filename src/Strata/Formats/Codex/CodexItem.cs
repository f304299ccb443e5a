using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Codex;

/// <summary>Items of a rollout as messages: one line, one message.</summary>
internal static class CodexItem
{
    public const string ShellName = "local_shell";

    public static ChatMessage Read(JsonElement line, CodexLine kind)
    {
        var item = kind.IsBare ? line : line.Object("payload"u8) ?? default;
        var message = kind.Kind == CodexLineKind.Compacted
            ? new ChatMessage(ChatRole.User, Compacted(item))
            : Item(item);
        message.MessageId = item.Text("id"u8);
        message.CreatedAt = line.Time("timestamp"u8);
        return message;
    }

    /// <summary>The text of a message item, one part a line.</summary>
    public static string TextOf(JsonElement item)
    {
        if (item.Text("content"u8) is { } text)
            return text;
        return item.Array("content"u8) is { } parts
            ? string.Join('\n', parts.EnumerateArray().Select(static part => part.Text("text"u8)).OfType<string>())
            : "";
    }

    private static ChatMessage Item(JsonElement item)
    {
        switch (item.Text("type"u8))
        {
            case "message":
                return new ChatMessage(Role(item), Parts(item.Member("content"u8) ?? default));
            case "reasoning":
                return new ChatMessage(ChatRole.Assistant, [Reasoning(item)]);
            case "function_call":
                return Call(item, item.Text("name"u8), Parsed(item.Text("arguments"u8)));
            case "custom_tool_call":
                return Call(item, item.Text("name"u8), item.Member("input"u8).Arguments());
            case "local_shell_call":
                return Call(item, ShellName, item.Member("action"u8).Arguments());
            case "mcp_approval_response":
                return new ChatMessage(ChatRole.Tool, [Unknown(item)]);
            case { } type
                when type.EndsWith("_output", StringComparison.Ordinal)
                    && (item.Text("call_id"u8) is null || item.Member("output"u8) is null):
                return new ChatMessage(ChatRole.Tool, [Unknown(item)]);
            case { } type when type.EndsWith("_output", StringComparison.Ordinal):
                return new ChatMessage(ChatRole.Tool, [Output(item)]);
            default:
                return new ChatMessage(item.Text("role"u8) is null ? ChatRole.Assistant : Role(item), [Unknown(item)]);
        }
    }

    private static ChatRole Role(JsonElement item) => item.Text("role"u8) switch
    {
        "user" => ChatRole.User,
        "developer" or "system" => ChatRole.System,
        _ => ChatRole.Assistant,
    };

    private static ChatMessage Call(JsonElement item, string? name, Dictionary<string, object?>? arguments) =>
        new(ChatRole.Assistant, [new FunctionCallContent(item.Text("call_id"u8) ?? item.Text("id"u8) ?? "", name ?? "", arguments)]);

    /// <summary>Arguments travel as JSON in a string; where it holds none, the string is the only argument.</summary>
    private static Dictionary<string, object?>? Parsed(string? arguments)
    {
        if (arguments is null)
            return null;
        try
        {
            using var json = JsonDocument.Parse(arguments, JsonlEntry.DocumentOptions);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return ((JsonElement?)json.RootElement).Arguments();
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // What the model wrote as arguments is not JSON: it is shown as it is.
        }

        return new(StringComparer.Ordinal) { [JsonValues.LoneArgument] = arguments };
    }

    private static TextReasoningContent Reasoning(JsonElement item)
    {
        var text = new StringBuilder();
        foreach (var parts in new[] { item.Array("summary"u8), item.Array("content"u8) })
        {
            foreach (var part in parts?.EnumerateArray() ?? default)
            {
                if (part.Text("text"u8) is { Length: > 0 } words)
                    text.Append(text.Length > 0 ? "\n" : "").Append(words);
            }
        }

        return new(text.ToString()) { ProtectedData = item.Text("encrypted_content"u8) };
    }

    private static FunctionResultContent Output(JsonElement item)
    {
        var output = item.Member("output"u8) ?? default;
        var failed = output.Member("success"u8) is { ValueKind: JsonValueKind.False };
        if (output.ValueKind == JsonValueKind.Object && output.Member("content"u8) is { } inner)
            output = inner;
        return new(item.Text("call_id"u8) ?? "", Result(output))
        {
            Exception = failed ? new InvalidOperationException("The tool reported an error.") : null,
        };
    }

    private static object? Result(JsonElement output)
    {
        if (output.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return "";
        if (output.ValueKind == JsonValueKind.Object)
            return output.Clone();
        var parts = Parts(output);
        return parts.TrueForAll(static part => part is TextContent)
            ? string.Join('\n', parts.Select(static part => ((TextContent)part).Text))
            : parts;
    }

    private static List<AIContent> Parts(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
            return [new TextContent(content.Text())];
        return content.ValueKind == JsonValueKind.Array ? [.. content.EnumerateArray().Select(Part)] : [];
    }

    private static AIContent Part(JsonElement part) => part.Text("type"u8) switch
    {
        "input_text" or "output_text" or "text" when part.Text("text"u8) is { } text => new TextContent(text),
        "input_image" when part.Text("image_url"u8) is { } url => Image(url) ?? Unknown(part),
        _ => Unknown(part),
    };

    private static AIContent? Image(string url)
    {
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return Uri.TryCreate(url, UriKind.Absolute, out var uri) ? new UriContent(uri, "image/*") : null;
        try
        {
            var data = new DataContent(url);
            return data.Data.IsEmpty ? null : data;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;   // no data URI: kept as an unknown part
        }
    }

    /// <summary>What replaces the history, one content an item; the summary alone where the line lists nothing.</summary>
    private static List<AIContent> Compacted(JsonElement payload) =>
        payload.Array("replacement_history"u8) is { } items
            ? [.. items.EnumerateArray().Select(static item => IsPlainText(item) ? new TextContent(TextOf(item)) : Unknown(item))]
            : [new TextContent(payload.Text("message"u8) ?? "")];

    private static bool IsPlainText(JsonElement item) =>
        item.Is("type"u8, "message"u8)
        && (item.Text("content"u8) is not null
            || (item.Array("content"u8) is { } parts && parts.EnumerateArray().All(static part => part.Text("text"u8) is not null)));

    private static AIContent Unknown(JsonElement element) => new() { RawRepresentation = element.Clone() };
}
