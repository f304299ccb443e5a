using Microsoft.Extensions.AI;

namespace Strata.Formats.ClaudeCode;

/// <summary>
/// Lines of one message of the assistant that repeat what the lines before them said and go on: snapshots of a stream. All of the message
/// stands in the last of them.
/// </summary>
internal static class Snapshots
{
    /// <summary>The messages that a later one repeats, in ascending order, each with that one.</summary>
    public static IReadOnlyList<(int Index, int Later)> Find(IReadOnlyList<ChatMessage> messages)
    {
        var repeated = new List<(int, int)>();
        for (var i = 1; i < messages.Count; i++)
        {
            if (messages[i].MessageId is { Length: > 0 } id && messages[i - 1].MessageId == id
                && messages[i - 1].Role == ChatRole.Assistant && Repeats(messages[i], messages[i - 1]))
                repeated.Add((i - 1, i));
        }

        return repeated;
    }

    private static bool Repeats(ChatMessage later, ChatMessage earlier)
    {
        if (earlier.Contents.Count == 0 || later.Contents.Count < earlier.Contents.Count)
            return false;
        for (var i = 0; i < earlier.Contents.Count; i++)
        {
            var isLast = i == earlier.Contents.Count - 1;
            var goesOn = (earlier.Contents[i], later.Contents[i]) switch
            {
                (TextContent before, TextContent after) when before.Text.Length > 0 =>
                    isLast ? after.Text.StartsWith(before.Text, StringComparison.Ordinal) : after.Text == before.Text,
                (TextReasoningContent before, TextReasoningContent after) when before.Text.Length > 0 =>
                    isLast ? after.Text.StartsWith(before.Text, StringComparison.Ordinal) : after.Text == before.Text,
                (FunctionCallContent before, FunctionCallContent after) => before.CallId == after.CallId && before.Name == after.Name,
                _ => false,
            };
            if (!goesOn)
                return false;
        }

        return true;
    }
}
