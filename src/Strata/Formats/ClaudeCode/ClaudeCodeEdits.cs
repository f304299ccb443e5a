using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>Changes to a line that stays: the blocks whose contents are other instances, and nothing else of it.</summary>
internal static class ClaudeCodeEdits
{
    public static void Apply(JsonEdits edits, ChatMessage source, ChatMessage target)
    {
        if (edits.Member(edits.Root, "message"u8) is not { } message)
        {
            if (edits.Member(edits.Root, "attachment"u8) is null)
                edits.Set(edits.Root, "content"u8, JsonOutput.Text(target.Text));
            else
                ClaudeCodeAttachment.Apply(edits, target);
            return;
        }

        var blocks = edits.Member(message, "content"u8) is { } content ? edits.Items(content) : [];
        if (blocks.Count == source.Contents.Count && blocks.Count == target.Contents.Count)
        {
            for (var i = 0; i < blocks.Count; i++)
            {
                if (!ReferenceEquals(source.Contents[i], target.Contents[i]))
                    Change(edits, blocks[i], source.Contents[i], target.Contents[i]);
            }
        }
        else
        {
            edits.Set(
                message, "content"u8,
                JsonOutput.Write(writer => ClaudeCodeBlocks.WriteContent(writer, target.Contents, keepReasoning: true)));
        }

        // Claude Code shows the mirror in its interface only and lives without it; left in, it would keep the text that was cut.
        if (source.Contents.Any(static content => content is FunctionResultContent))
            edits.Remove(edits.Root, "toolUseResult"u8);
    }

    private static void Change(JsonEdits edits, JsonSpan block, AIContent source, AIContent target)
    {
        switch (source, target)
        {
            case (TextContent, TextContent text):
                edits.Set(block, "text"u8, JsonOutput.Text(text.Text));
                break;
            case (TextReasoningContent, TextReasoningContent reasoning) when edits.Member(block, "thinking"u8) is not null:
                edits.Set(block, "thinking"u8, JsonOutput.Text(reasoning.Text));
                edits.Set(block, "signature"u8, JsonOutput.Text(reasoning.ProtectedData ?? ""));
                break;
            case (FunctionCallContent old, FunctionCallContent call):
                if (!string.Equals(old.CallId, call.CallId, StringComparison.Ordinal))
                    edits.Set(block, "id"u8, JsonOutput.Text(call.CallId));
                if (!string.Equals(old.Name, call.Name, StringComparison.Ordinal))
                    edits.Set(block, "name"u8, JsonOutput.Text(call.Name));
                edits.Set(block, "input"u8, JsonOutput.Write(writer => ClaudeCodeBlocks.WriteInput(writer, call)));
                break;
            case (FunctionResultContent old, FunctionResultContent result):
                if (!string.Equals(old.CallId, result.CallId, StringComparison.Ordinal))
                    edits.Set(block, "tool_use_id"u8, JsonOutput.Text(result.CallId));
                ChangeResult(edits, block, old, result);
                break;
            default:
                edits.Replace(block, JsonOutput.Write(writer => ClaudeCodeBlocks.Write(writer, target)));
                break;
        }
    }

    private static void ChangeResult(JsonEdits edits, JsonSpan block, FunctionResultContent source, FunctionResultContent target)
    {
        var items = edits.Member(block, "content"u8) is { } content ? edits.Items(content) : [];
        if (source.Result is IList<AIContent> before && target.Result is IList<AIContent> after
            && before.Count == items.Count && after.Count == items.Count)
        {
            for (var i = 0; i < items.Count; i++)
            {
                if (!ReferenceEquals(before[i], after[i]))
                    Change(edits, items[i], before[i], after[i]);
            }

            return;
        }

        if (items.Count > 0 && target.Result is string text)
        {
            // Text blocks stay text blocks: the first takes the new text.
            edits.Set(
                block, "content"u8, JsonOutput.Write(writer => ClaudeCodeBlocks.WriteResult(writer, new[] { new TextContent(text) })));
            return;
        }

        edits.Set(block, "content"u8, JsonOutput.Write(writer => ClaudeCodeBlocks.WriteResult(writer, target.Result)));
    }
}
