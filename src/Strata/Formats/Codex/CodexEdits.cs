using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Codex;

/// <summary>Changes to an item that stays: the values whose contents are other instances, and nothing else of its line.</summary>
internal static class CodexEdits
{
    public static void Apply(JsonEdits edits, CodexLine line, ChatMessage source, ChatMessage target)
    {
        var item = line.IsBare ? edits.Root : edits.Member(edits.Root, "payload"u8) ?? edits.Root;
        if (line.Kind == CodexLineKind.Compacted)
        {
            Compacted(edits, item, source, target);
            return;
        }

        switch (source.Contents, target.Contents)
        {
            case ([FunctionCallContent old], [FunctionCallContent call]):
                Call(edits, item, old, call);
                break;
            case ([FunctionResultContent], [FunctionResultContent result]):
                Result(edits, item, result);
                break;
            case ([TextReasoningContent], [TextReasoningContent reasoning]):
                Reasoning(edits, item, reasoning);
                break;
            case var _ when edits.Member(item, "content"u8) is { } content:
                Parts(edits, item, content, source, target);
                break;
            default:
                edits.Replace(item, CodexNewItem.Items(target, keepReasoning: true).First());
                break;
        }
    }

    private static void Call(JsonEdits edits, JsonSpan item, FunctionCallContent source, FunctionCallContent target)
    {
        if (!string.Equals(source.CallId, target.CallId, StringComparison.Ordinal))
            edits.Set(item, "call_id"u8, JsonOutput.Text(target.CallId));
        if (edits.Member(item, "action"u8) is { } action)
        {
            edits.Replace(action, JsonOutput.Write(writer => JsonOutput.Value(writer, target.Arguments)));
            return;
        }

        if (!string.Equals(source.Name, target.Name, StringComparison.Ordinal))
            edits.Set(item, "name"u8, JsonOutput.Text(target.Name));
        edits.Set(item, edits.Member(item, "input"u8) is null ? "arguments"u8 : "input"u8, JsonOutput.Text(CodexNewItem.Arguments(target)));
    }

    private static void Result(JsonEdits edits, JsonSpan item, FunctionResultContent target)
    {
        var output = JsonOutput.Write(writer => CodexNewItem.Output(writer, target.Result));
        if (edits.Member(item, "output"u8) is not { } old)
            edits.Set(item, "output"u8, output);
        else if (edits.Json[old.Start] == '{' && edits.Member(old, "content"u8) is { } content)
            edits.Replace(content, output);
        else
            edits.Replace(old, output);
    }

    private static void Reasoning(JsonEdits edits, JsonSpan item, TextReasoningContent target)
    {
        edits.Set(item, "summary"u8, JsonOutput.Write(writer =>
        {
            writer.WriteStartArray();
            writer.WriteStartObject();
            writer.WriteString("type"u8, "summary_text"u8);
            writer.Text("text"u8, target.Text);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }));
        edits.Remove(item, "content"u8);
        if (edits.Member(item, "encrypted_content"u8) is not null)
            edits.Set(item, "encrypted_content"u8, target.ProtectedData is { } secret ? JsonOutput.Text(secret) : "null"u8.ToArray());
    }

    private static void Parts(JsonEdits edits, JsonSpan item, JsonSpan content, ChatMessage source, ChatMessage target)
    {
        var parts = edits.Items(content);
        var textType = source.Role == ChatRole.Assistant ? "output_text" : "input_text";
        if (parts.Count == 0 || parts.Count != source.Contents.Count || parts.Count != target.Contents.Count)
        {
            edits.Set(item, "content"u8, JsonOutput.Write(writer =>
            {
                writer.WriteStartArray();
                foreach (var part in target.Contents)
                    CodexNewItem.Part(writer, part, System.Text.Encoding.UTF8.GetBytes(textType));
                writer.WriteEndArray();
            }));
            return;
        }

        for (var i = 0; i < parts.Count; i++)
        {
            if (ReferenceEquals(source.Contents[i], target.Contents[i]))
                continue;
            if (source.Contents[i] is TextContent && target.Contents[i] is TextContent text)
                edits.Set(parts[i], "text"u8, JsonOutput.Text(text.Text));
            else
                edits.Replace(parts[i], Part(target.Contents[i], textType));
        }
    }

    private static byte[] Part(AIContent part, string textType) =>
        JsonOutput.Write(writer => CodexNewItem.Part(writer, part, System.Text.Encoding.UTF8.GetBytes(textType)));

    private static void Compacted(JsonEdits edits, JsonSpan payload, ChatMessage source, ChatMessage target)
    {
        var items = edits.Member(payload, "replacement_history"u8) is { } history ? edits.Items(history) : [];
        if (items.Count == 0 || items.Count != target.Contents.Count)
        {
            edits.Set(payload, "message"u8, JsonOutput.Text(target.Text));
            if (items.Count > 0)
                edits.Set(payload, "replacement_history"u8,
                    (byte[])[(byte)'[', .. CodexNewItem.Items(target, keepReasoning: true).First(), (byte)']']);
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            if (ReferenceEquals(source.Contents[i], target.Contents[i]))
                continue;
            if (target.Contents[i] is TextContent && edits.Member(items[i], "content"u8) is not null)
                edits.Set(items[i], "content"u8, (byte[])[(byte)'[', .. Part(target.Contents[i], "input_text"), (byte)']']);
            else
                edits.Replace(
                    items[i], CodexNewItem.Items(new ChatMessage(ChatRole.User, [target.Contents[i]]), keepReasoning: true).First());
        }
    }
}
