using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Gemini;

/// <summary>Changes to one version of a message: the values whose contents are other instances, and nothing else.</summary>
internal static class GeminiEdits
{
    /// <summary>Sets results by call id, wherever the message holds them; what repeats a result for the screen goes.</summary>
    public static void Results(JsonEdits edits, Dictionary<string, FunctionResultContent> results, Dictionary<string, string> names)
    {
        if (results.Count == 0)
            return;
        foreach (var call in Items(edits, "toolCalls"u8))
        {
            if (Find(edits, call, results) is not { } result || edits.Member(call, "result"u8) is null)
                continue;
            edits.Set(call, "result"u8, JsonOutput.Write(writer => GeminiNewLine.Parts(writer, [result], names)));
            edits.Remove(call, "resultDisplay"u8);
        }

        foreach (var part in Items(edits, "content"u8))
        {
            if (edits.Member(part, "functionResponse"u8) is { } response && Find(edits, response, results) is { } result)
                edits.Set(response, "response"u8, JsonOutput.Write(writer => GeminiNewLine.Response(writer, result)));
        }
    }

    /// <summary>Sets texts, media and calls of the newest version. Results are set by <see cref="Results"/>.</summary>
    public static void Contents(JsonEdits edits, ChatMessage source, ChatMessage target, Dictionary<string, string> names)
    {
        if (source.Role == ChatRole.Tool && source.Contents.Count == target.Contents.Count)
            return;
        var parts = Items(edits, "content"u8);
        var (before, after) = (Spoken(source), Spoken(target));
        if (parts.Count == before.Count && before.Count == after.Count)
        {
            for (var i = 0; i < parts.Count; i++)
            {
                if (!ReferenceEquals(before[i], after[i]))
                    edits.Replace(parts[i], JsonOutput.Write(writer => GeminiNewLine.Part(writer, after[i], names)));
            }
        }
        else if (!before.SequenceEqual(after))
        {
            edits.Set(edits.Root, "content"u8, after is [TextContent only] && parts.Count == 0
                ? JsonOutput.Text(only.Text)
                : JsonOutput.Write(writer => GeminiNewLine.Parts(writer, after, names)));
        }

        if (source.Role == ChatRole.Assistant)
            Calls(edits, source, target);
    }

    private static void Calls(JsonEdits edits, ChatMessage source, ChatMessage target)
    {
        var before = source.Contents.OfType<FunctionCallContent>().ToList();
        var after = target.Contents.OfType<FunctionCallContent>().ToList();
        var calls = Items(edits, "toolCalls"u8);
        for (var i = 0; i < calls.Count && calls.Count == before.Count && before.Count == after.Count; i++)
        {
            if (ReferenceEquals(before[i], after[i]))
                continue;
            edits.Set(calls[i], "id"u8, JsonOutput.Text(after[i].CallId));
            edits.Set(calls[i], "name"u8, JsonOutput.Text(after[i].Name));
            edits.Set(calls[i], "args"u8, JsonOutput.Write(writer =>
                JsonOutput.Value(writer, after[i].Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))));
        }

        if (calls.Count == before.Count && before.Count > after.Count && edits.Member(edits.Root, "toolCalls"u8) is { } list)
        {
            var kept = calls.Where((_, i) => after.Exists(call => string.Equals(call.CallId, before[i].CallId, StringComparison.Ordinal)));
            edits.Replace(list, Joined([.. kept.Select(call => call.In(edits.Json).ToArray())]));
        }
    }

    private static byte[] Joined(List<byte[]> items) =>
        [(byte)'[', .. items.SelectMany(static (item, i) => i == 0 ? item : [(byte)',', .. item]), (byte)']'];

    private static List<AIContent> Spoken(ChatMessage message) =>
        [.. message.Contents.Where(static content => content is not (FunctionCallContent or TextReasoningContent))];

    private static List<JsonSpan> Items(JsonEdits edits, ReadOnlySpan<byte> name) =>
        edits.Member(edits.Root, name) is { } list ? edits.Items(list) : [];

    private static FunctionResultContent? Find(JsonEdits edits, JsonSpan holder, Dictionary<string, FunctionResultContent> results) =>
        edits.Member(holder, "id"u8) is { } id && id.In(edits.Json) is [(byte)'"', ..] text
            ? results.GetValueOrDefault(Json.JsonStrings.Decode(text))
            : null;
}
