using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Strata.Facts.Manifests;

/// <summary>
/// A file that the client read for the user and put into a user message, worded as the call of a tool: a file that was mentioned, or one
/// that was read again after a compaction.
/// </summary>
/// <param name="Call">The call as it is worded.</param>
/// <param name="Output">What the tool is said to have returned; empty when nothing of it stands there.</param>
internal sealed partial record AttachedRead(FunctionCallContent Call, string Output)
{
    /// <summary>Those of a user message, in their order. Time is linear.</summary>
    public static IReadOnlyList<AttachedRead> Find(ChatMessage message)
    {
        if (!message.Contents.OfType<TextContent>().Any(content => content.Text.Contains(Mark, StringComparison.Ordinal)))
            return [];
        var text = string.Join('\n', message.Contents.OfType<TextContent>().Select(content => content.Text));
        var reads = new List<AttachedRead>();
        for (var called = Called().Match(text); called.Success; called = called.NextMatch())
        {
            if (Arguments(called.Groups["input"].Value) is not { } arguments)
                continue;
            var name = called.Groups["tool"].Value;
            var head = $"Result of calling the {name} tool:";
            var start = text.AsSpan(called.Index + called.Length).TrimStart() is var rest && rest.StartsWith(Open)
                && rest[Open.Length..].TrimStart() is var inside && inside.StartsWith(head, StringComparison.Ordinal)
                    ? text.Length - inside.Length + head.Length : -1;
            var end = start < 0 ? -1 : text.IndexOf(Close, start, StringComparison.Ordinal);
            var output = start < 0 ? "" : text[start..(end < 0 ? text.Length : end)].Trim('\n');
            reads.Add(new AttachedRead(new FunctionCallContent($"attached-{reads.Count}", name, arguments), output));
        }

        return reads;
    }

    private const string Mark = "tool with the following input:";
    private const string Open = "<system-reminder>";
    private const string Close = "</system-reminder>";

    private static Dictionary<string, object?>? Arguments(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)?
                .ToDictionary(member => member.Key, member => (object?)member.Value, StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return null;   // cut, or not worded by the client
        }
    }

    [GeneratedRegex(
        @"<system-reminder>\s*Called the (?<tool>\w{1,64}) tool with the following input: "
            + @"(?<input>\{[^\n]{0,4000}\})\s*</system-reminder>",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Called();
}
