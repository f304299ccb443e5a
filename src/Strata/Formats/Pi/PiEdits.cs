using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Pi;

/// <summary>Changes to an entry that stays: the blocks whose contents are other instances, and nothing else of its line.</summary>
internal static class PiEdits
{
    public static void Apply(JsonEdits edits, PiLine line, ChatMessage source, ChatMessage target)
    {
        switch (line.Type)
        {
            case "compaction":
                edits.Set(
                    edits.Root, "summary"u8, JsonOutput.Text(Unwrap(target.Text, PiMessage.CompactionStart, PiMessage.CompactionEnd)));
                break;
            case "branch_summary":
                edits.Set(edits.Root, "summary"u8, JsonOutput.Text(Unwrap(target.Text, PiMessage.BranchStart, PiMessage.BranchEnd)));
                break;
            case "custom_message":
                Contents(edits, edits.Root, source.Contents, target.Contents);
                break;
            default:
                if (edits.Member(edits.Root, "message"u8) is { } message)
                    Message(edits, message, source, target);
                break;
        }
    }

    /// <summary>Puts a summary of ours into the place of the one that a compaction of pi has.</summary>
    public static void Replace(JsonEdits edits, ChatMessage summary)
    {
        edits.Set(edits.Root, "summary"u8, JsonOutput.Text(summary.Text));
        edits.Set(edits.Root, "details"u8, JsonOutput.Write(PiMessage.WriteMark));
        edits.Set(edits.Root, "fromHook"u8, "true"u8.ToArray());
    }

    private static void Message(JsonEdits edits, JsonSpan message, ChatMessage source, ChatMessage target)
    {
        if (edits.Member(message, "content"u8) is null)
        {
            // A command that the user ran, or a summary in a message: its wording cannot be taken apart again.
            var time = edits.Member(message, "timestamp"u8)?.In(edits.Json).ToArray() ?? "0"u8.ToArray();
            edits.Replace(message, JsonOutput.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("role"u8, "user"u8);
                writer.WritePropertyName("content"u8);
                PiNewLine.Blocks(writer, target.Contents);
                writer.Raw("timestamp"u8, time);
                writer.WriteEndObject();
            }));
            return;
        }

        if (source.Contents is [FunctionResultContent old] && target.Contents is [FunctionResultContent result])
        {
            if (!string.Equals(old.CallId, result.CallId, StringComparison.Ordinal))
                edits.Set(message, "toolCallId"u8, JsonOutput.Text(result.CallId));
            if (old.Result is IList<AIContent> before && result.Result is IList<AIContent> after)
                Contents(edits, message, before, after);
            else
                edits.Set(message, "content"u8, JsonOutput.Write(writer => PiNewLine.ResultBlocks(writer, result.Result)));
            return;
        }

        Contents(edits, message, source.Contents, target.Contents);
    }

    private static void Contents(JsonEdits edits, JsonSpan parent, IList<AIContent> source, IList<AIContent> target)
    {
        var blocks = edits.Member(parent, "content"u8) is { } content ? edits.Items(content) : [];
        if (blocks.Count == 0 || blocks.Count != source.Count || blocks.Count != target.Count)
        {
            edits.Set(parent, "content"u8, JsonOutput.Write(writer => PiNewLine.Blocks(writer, target)));
            return;
        }

        for (var i = 0; i < blocks.Count; i++)
        {
            if (ReferenceEquals(source[i], target[i]))
                continue;
            if (source[i] is TextContent && target[i] is TextContent text)
                edits.Set(blocks[i], "text"u8, JsonOutput.Text(text.Text));
            else if (source[i] is FunctionCallContent && target[i] is FunctionCallContent call)
                Call(edits, blocks[i], call);
            else
                edits.Replace(blocks[i], JsonOutput.Write(writer => PiNewLine.Block(writer, target[i])));
        }
    }

    private static void Call(JsonEdits edits, JsonSpan block, FunctionCallContent call)
    {
        edits.Set(block, "id"u8, JsonOutput.Text(call.CallId));
        edits.Set(block, "name"u8, JsonOutput.Text(call.Name));
        edits.Set(block, "arguments"u8, JsonOutput.Write(writer =>
            JsonOutput.Value(writer, call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))));
    }

    private static string Unwrap(string text, string start, string end)
    {
        if (text.StartsWith(start, StringComparison.Ordinal))
            text = text[start.Length..];
        return text.EndsWith(end, StringComparison.Ordinal) ? text[..^end.Length] : text;
    }
}
