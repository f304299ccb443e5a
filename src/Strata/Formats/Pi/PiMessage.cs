using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Pi;

/// <summary>Entries as messages, worded as pi words them for the model.</summary>
internal static class PiMessage
{
    public const string CompactionStart =
        "The conversation history before this point was compacted into the following summary:\n\n<summary>\n";
    public const string CompactionEnd = "\n</summary>";
    public const string BranchStart = "The following is a summary of a branch that this conversation came back from:\n\n<summary>\n";
    public const string BranchEnd = "</summary>";

    public static ChatMessage Read(JsonElement line)
    {
        var message = line.Text("type"u8) switch
        {
            "compaction" when IsOurs(line) => User(line.Text("summary"u8) ?? ""),
            "compaction" => User(CompactionStart + line.Text("summary"u8) + CompactionEnd),
            "branch_summary" => User(BranchStart + line.Text("summary"u8) + BranchEnd),
            "custom_message" => new ChatMessage(ChatRole.User, Contents(line.Member("content"u8) ?? default)),
            _ => Message(line.Object("message"u8) ?? default),
        };
        message.MessageId = line.Text("id"u8);
        message.CreatedAt = line.Time("timestamp"u8);
        return message;
    }

    /// <summary>Writes what tells in a compaction's details that its summary is ours and has a frame of its own.</summary>
    public static void WriteMark(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("by"u8, "strata"u8);
        writer.WriteEndObject();
    }

    private static bool IsOurs(JsonElement line) => line.Object("details"u8)?.Is("by"u8, "strata"u8) == true;

    private static ChatMessage Message(JsonElement message) => message.Text("role"u8) switch
    {
        "assistant" => new ChatMessage(ChatRole.Assistant, Contents(message.Member("content"u8) ?? default)),
        "toolResult" => new ChatMessage(ChatRole.Tool, [Result(message)]),
        "bashExecution" => User(BashText(message)),
        "branchSummary" => User(BranchStart + message.Text("summary"u8) + BranchEnd),
        "compactionSummary" => User(CompactionStart + message.Text("summary"u8) + CompactionEnd),
        _ => new ChatMessage(ChatRole.User, Contents(message.Member("content"u8) ?? default)),
    };

    private static ChatMessage User(string text) => new(ChatRole.User, text);

    private static FunctionResultContent Result(JsonElement message)
    {
        var contents = Contents(message.Member("content"u8) ?? default);
        object result = contents.TrueForAll(static content => content is TextContent)
            ? string.Join('\n', contents.Select(static content => ((TextContent)content).Text))
            : contents;
        return new(message.Text("toolCallId"u8) ?? "", result)
        {
            Exception = message.IsTrue("isError"u8) ? new InvalidOperationException("The tool reported an error.") : null,
        };
    }

    private static string BashText(JsonElement message)
    {
        var output = message.Text("output"u8);
        var text = $"Ran `{message.Text("command"u8)}`\n{(string.IsNullOrEmpty(output) ? "(no output)" : $"```\n{output}\n```")}";
        if (message.IsTrue("cancelled"u8))
            text += "\n\n(command cancelled)";
        else if (message.Member("exitCode"u8) is { ValueKind: JsonValueKind.Number } code && code.TryGetInt32(out var exit) && exit != 0)
            text += string.Create(CultureInfo.InvariantCulture, $"\n\nCommand exited with code {exit}");
        if (message.IsTrue("truncated"u8) && message.Text("fullOutputPath"u8) is { } path)
            text += $"\n\n[Output truncated. Full output: {path}]";
        return text;
    }

    private static List<AIContent> Contents(JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.String)
            return [new TextContent(content.Text())];
        return content.ValueKind == JsonValueKind.Array ? [.. content.EnumerateArray().Select(Block)] : [];
    }

    private static AIContent Block(JsonElement block) => block.Text("type"u8) switch
    {
        "text" when block.Text("text"u8) is { } text => new TextContent(text),
        "thinking" => new TextReasoningContent(block.Text("thinking"u8) ?? "") { ProtectedData = block.Text("thinkingSignature"u8) },
        "toolCall" => new FunctionCallContent(
            block.Text("id"u8) ?? "", block.Text("name"u8) ?? "", block.Member("arguments"u8).Arguments()),
        "image" when block.Member("data"u8) is { ValueKind: JsonValueKind.String } data && data.TryGetBytesFromBase64(out var bytes)
            && block.Text("mimeType"u8) is { } mediaType && MediaContent.Create(bytes, mediaType) is { } image => image,
        _ => new AIContent { RawRepresentation = block.Clone() },
    };
}
