using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>
/// Lines of type <c>attachment</c>: what Claude Code adds to a conversation by itself (files, memory, notices), and what the user typed
/// while the agent worked. Newer versions write beside it what they send (<c>rendered</c>, <c>renderedRole</c>), older ones only what
/// it is made of.
/// </summary>
internal static class ClaudeCodeAttachment
{
    private const string Reminder = "<system-reminder>\n";
    private const string ReminderEnd = "\n</system-reminder>";
    private const string ReadResult = Reminder + "Result of calling the Read tool:\n";

    // What holds from then on and is said once: the project's instructions, and what the client says of itself. Anything else is of its
    // moment, whatever role it is sent in.
    private static readonly HashSet<string> Standing =
        new(StringComparer.Ordinal) { "instructions", "environment", "model", "auto_mode", "output_style" };

    // Where older versions keep the text that they send, each as the names on the way to it.
    private static readonly string[][] Places =
        [["content"], ["content", "file", "content"], ["content", "content"], ["content", "text"], ["snippet"], ["planContent"], ["text"]];

    /// <summary>Whether Claude Code sends the line to the model.</summary>
    public static bool IsSent(JsonElement line) =>
        line.Is("type"u8, "attachment"u8) && line.Object("attachment"u8) is { } attachment
        && (Rendered(line) is { Count: > 0 } || IsTyped(attachment) || Find(attachment) is not null);

    /// <summary>Whether a person typed it while the agent worked, so that it is a message of the user.</summary>
    public static bool IsTyped(JsonElement attachment) =>
        attachment.Is("type"u8, "queued_command"u8) && attachment.Member("prompt"u8) is not null
        && (attachment.Object("origin"u8) is { } origin ? origin.Is("kind"u8, "human"u8) : attachment.Is("commandMode"u8, "prompt"u8));

    public static ChatMessage Read(JsonElement line)
    {
        var attachment = line.Object("attachment"u8) ?? default;
        var isTyped = IsTyped(attachment);
        List<AIContent> contents = isTyped ? ClaudeCodeMessage.Contents(attachment.Member("prompt"u8) ?? default)
            : Rendered(line) is { Count: > 0 } rendered ? rendered
            : [new TextContent(Worded(attachment))];
        var isSystem = !isTyped && line.Member("rendered"u8) is not null && Standing.Contains(attachment.Text("type"u8) ?? "");
        return new ChatMessage(isSystem ? ChatRole.System : ChatRole.User, contents) { CreatedAt = line.Time("timestamp"u8) };
    }

    /// <summary>
    /// Puts the texts of <paramref name="target"/> where Claude Code takes what it sends, and empties its second copy.
    /// </summary>
    public static void Apply(JsonEdits edits, ChatMessage target)
    {
        if (edits.Member(edits.Root, "attachment"u8) is not { } attachment)
            return;
        if (edits.Member(attachment, "prompt"u8) is { } prompt)
        {
            edits.Replace(prompt, JsonOutput.Write(writer =>
                ClaudeCodeBlocks.WriteContent(writer, target.Contents, keepReasoning: true)));
        }

        var rendered = edits.Member(edits.Root, "rendered"u8);
        if (Find(Parsed(edits, attachment)) is { } place)
        {
            var text = string.Join('\n', target.Contents.OfType<TextContent>().Select(content => content.Text));
            edits.Replace(Walk(edits, attachment, place), JsonOutput.Text(rendered is null ? Unworded(text) : ""));
        }

        if (rendered is { } sent)
        {
            edits.Replace(sent, JsonOutput.Write(writer =>
            {
                writer.WriteStartArray();
                foreach (var content in target.Contents)
                {
                    writer.WriteStartObject();
                    writer.WritePropertyName("content"u8);
                    ClaudeCodeBlocks.WriteContent(writer, [content], keepReasoning: true);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }));
        }
    }

    private static List<AIContent>? Rendered(JsonElement line) => line.Array("rendered"u8) is { } items
        ? [.. items.EnumerateArray().SelectMany(item =>
            item.ValueKind == JsonValueKind.Object && item.Member("content"u8) is { } content ? ClaudeCodeMessage.Contents(content) : [])]
        : null;

    // As the versions that keep no rendered text word it: as a call of the tool that reads the file.
    private static string Worded(JsonElement attachment)
    {
        var text = Find(attachment) is { } place ? At(attachment, place) ?? "" : "";
        var path = attachment.Text("filename"u8) ?? attachment.Text("path"u8);
        if (path is null)
            return Reminder + text + ReminderEnd;
        var input = Encoding.UTF8.GetString(JsonOutput.Text(path));
        return $"{Reminder}Called the Read tool with the following input: {{\"file_path\":{input}}}{ReminderEnd}\n"
            + ReadResult + text + ReminderEnd;
    }

    // What was put around the text when it was read stays out of the file.
    private static string Unworded(string text)
    {
        var start = text.IndexOf(ReadResult, StringComparison.Ordinal) is >= 0 and var result ? result + ReadResult.Length
            : text.StartsWith(Reminder, StringComparison.Ordinal) ? Reminder.Length : 0;
        return start > 0 && text.EndsWith(ReminderEnd, StringComparison.Ordinal) ? text[start..^ReminderEnd.Length] : text[start..];
    }

    private static string[]? Find(JsonElement attachment) => attachment.ValueKind != JsonValueKind.Object
        || attachment.Is("type"u8, "prompt_snapshot"u8) ? null : Array.Find(Places, place => At(attachment, place) is { Length: > 0 });

    private static string? At(JsonElement holder, string[] place)
    {
        foreach (var name in place)
        {
            if (holder.ValueKind != JsonValueKind.Object || !holder.TryGetProperty(name, out holder))
                return null;
        }

        return holder.ValueKind == JsonValueKind.String ? holder.Text() : null;
    }

    private static JsonElement Parsed(JsonEdits edits, JsonSpan span)
    {
        using var document = JsonlEntry.Parse(span.In(edits.Json).ToArray());
        return document.RootElement.Clone();
    }

    private static JsonSpan Walk(JsonEdits edits, JsonSpan holder, string[] place) =>
        place.Aggregate(holder, (span, name) => edits.Member(span, Encoding.UTF8.GetBytes(name))!.Value);
}
