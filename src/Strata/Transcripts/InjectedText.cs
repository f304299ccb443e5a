using System.Text;

namespace Strata.Transcripts;

/// <summary>Tells the user's own words from what an agent's harness sends in the user's name.</summary>
public static class InjectedText
{
    private static readonly string[] Tags = [.. ClientWrappers.All.SelectMany(static client => client.Tags)];

    private static readonly string[] HarnessLines = [.. ClientWrappers.All.SelectMany(static client => client.Starts)];

    /// <summary>What the user wrote: <paramref name="text"/> without tagged blocks that harnesses add; empty when nothing is left. Time is linear.</summary>
    public static string Strip(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = WithoutBlocks(text).Trim();
        return IsOfHarness(text) ? "" : text;
    }

    /// <summary>The text in its order, what harnesses added apart from what the user wrote; together the parts are the whole text.</summary>
    internal static IEnumerable<(bool IsInjected, string Text)> Parts(string text)
    {
        if (Strip(text).Length == 0)
            return [(true, text)];
        var parts = new List<(bool, string)>();
        var copied = 0;
        foreach (var block in Blocks(text))
        {
            var (start, length) = block.GetOffsetAndLength(text.Length);
            parts.Add((false, text[copied..start]));
            parts.Add((true, text.Substring(start, length)));
            copied = start + length;
        }

        parts.Add((false, text[copied..]));
        return parts;
    }

    private static bool IsOfHarness(string text) => Array.Exists(HarnessLines, line => text.StartsWith(line, StringComparison.Ordinal)) || IsShellOutput(text);

    // pi tells the model what the user ran beside it: "Ran `ls`", then the output in a fence and nothing else.
    private static bool IsShellOutput(string text)
    {
        if (!text.StartsWith("Ran `", StringComparison.Ordinal))
            return false;
        var fence = text.IndexOf("`\n```", StringComparison.Ordinal);
        return fence > 0 && text.IndexOf('\n', StringComparison.Ordinal) == fence + 1 && text.AsSpan().TrimEnd().EndsWith("```");
    }

    private static string WithoutBlocks(string text)
    {
        StringBuilder? own = null;
        var copied = 0;
        foreach (var block in Blocks(text))
        {
            var (start, length) = block.GetOffsetAndLength(text.Length);
            (own ??= new StringBuilder()).Append(text, copied, start - copied).Append(' ');
            copied = start + length;
        }

        return own is null ? text : own.Append(text, copied, text.Length - copied).ToString();
    }

    private static IEnumerable<Range> Blocks(string text)
    {
        HashSet<string>? unclosed = null;
        for (var open = text.IndexOf('<', StringComparison.Ordinal); open >= 0 && open < text.Length; open = text.IndexOf('<', open))
        {
            var start = open++;
            if (TagAt(text.AsSpan(open)) is not { } tag || unclosed?.Contains(tag) == true)
                continue;
            var closing = $"</{tag}>";
            var end = text.IndexOf(closing, open, StringComparison.Ordinal);
            if (end < 0)
            {
                (unclosed ??= []).Add(tag);   // nor is any later one of its name closed: never looked for again
                continue;
            }

            open = end + closing.Length;
            yield return start..open;
        }
    }

    /// <summary>The name of the known tag that opens here, as it is written.</summary>
    private static string? TagAt(ReadOnlySpan<char> text)
    {
        foreach (var tag in Tags)
        {
            var stem = tag.TrimEnd('*');
            if (!text.StartsWith(stem, StringComparison.Ordinal))
                continue;
            var length = stem.Length;
            while (tag.Length > stem.Length && length < text.Length && (char.IsAsciiLetterLower(text[length]) || text[length] == '_'))
                length++;
            if (length < text.Length && text[length] is '>' or ' ' or '\n' && (tag.Length == stem.Length || length > stem.Length))
                return text[..length].ToString();
        }

        return null;
    }
}
