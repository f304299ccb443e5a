using System.Text;
using Microsoft.Extensions.AI;
using Strata.Transcripts.Voices;

namespace Strata.Transcripts;

/// <summary>Tells the user's own words from what an agent's client sends in the user's name.</summary>
/// <remarks>
/// What clients add is known by their marks (<c>Transcripts/Voices/ClientWrappers.cs</c>). Provenance is by block: a message may hold a
/// block of the client's and one of the user's, and a block of the client's may hold words of the user, such as the arguments of a slash
/// command.
/// </remarks>
public static class InjectedText
{
    /// <summary>
    /// What the user wrote in one block: <paramref name="text"/> without what clients add; empty when nothing is left. Time is linear.
    /// </summary>
    public static string Strip(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = Parts(text).ToList();
        if (parts is [(false, var whole)])
            return whole.Trim();
        var own = new StringBuilder();
        foreach (var (isInjected, part) in parts)
            own.Append(isInjected ? " " : part);
        var stripped = own.ToString().Trim();
        return IsShellOutput(stripped) ? "" : stripped;
    }

    /// <summary>
    /// What the user wrote in <paramref name="message"/>: the words of each text content, one a line; empty when there are none.
    /// </summary>
    public static string Strip(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Contents is [TextContent only])
            return Strip(only.Text);
        return string.Join(
            '\n', message.Contents.OfType<TextContent>().Select(content => Strip(content.Text)).Where(text => text.Length > 0));
    }

    /// <summary>Whether a block is context that its client sends once and never again: project instructions, the environment.</summary>
    internal static bool IsSentOnce(string text) =>
        BlockScanner.Find(text).Any(block => block.Wrapper.IsSentOnce || BlockScanner.Inside(text, block) is { IsSentOnce: true });

    /// <summary>Whether a group is nothing but context that its client sends once.</summary>
    internal static bool IsSentOnce(MessageGroup group) => group is { Kind: GroupKind.User, IsInjected: true }
        && group.Messages[0].Contents.OfType<TextContent>().Any(content => IsSentOnce(content.Text));

    /// <summary>Whether all that <paramref name="text"/> says is the acknowledgement of a poll: nothing was asked, nothing done.</summary>
    internal static bool IsAcknowledgement(string text) => text.Length <= LongestAcknowledgement && ClientWrappers.IsLine(text);

    /// <summary>The text in its order, what clients added apart from what the user wrote; together the parts are the whole text.</summary>
    internal static IReadOnlyList<(bool IsInjected, string Text)> Parts(string text)
    {
        if (IsShellOutput(text))
            return [(true, text)];
        var parts = new List<(bool IsInjected, string Text)>();
        var copied = 0;
        foreach (var block in BlockScanner.Find(text))
        {
            Add(false, copied, block.Range.Start.Value);
            var (start, end) = (block.Range.Start.Value, block.Range.End.Value);
            if (block.Words is { } words)
            {
                Add(true, start, words.Start.Value);
                Add(false, words.Start.Value, words.End.Value);
                start = words.End.Value;
            }

            Add(true, start, end);
            copied = end;
        }

        Add(false, copied, text.Length);
        return parts.Count == 0 ? [(false, text)] : parts;

        void Add(bool isInjected, int from, int to)
        {
            if (to > from)
                parts.Add((isInjected, text[from..to]));
        }
    }

    private const int LongestAcknowledgement = 40;

    // pi tells the model what the user ran beside it: "Ran `ls`", then the output in a fence and nothing else.
    private static bool IsShellOutput(string text)
    {
        var own = text.AsSpan().Trim();
        if (!own.StartsWith("Ran `", StringComparison.Ordinal))
            return false;
        var fence = own.IndexOf("`\n```", StringComparison.Ordinal);
        return fence > 0 && own.IndexOf('\n') == fence + 1 && own.EndsWith("```", StringComparison.Ordinal);
    }
}
