using System.Text;

namespace Strata.Summaries.Extractive;

/// <summary>Text as one line of a list, so that only our own lines stand at the margin of a summary.</summary>
internal static class OneLine
{
    /// <summary>The text with every run of white space as one blank; words stay as they are.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Trim())
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                folded.Append(c);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString();
    }

    /// <summary>The same, cut after a word to at most <paramref name="maxChars"/> chars.</summary>
    public static string Of(ReadOnlySpan<char> text, int maxChars) => Cut(Of(text[..Math.Min(text.Length, maxChars * 2)]), maxChars);

    public static string Cut(string line, int maxChars)
    {
        if (line.Length <= maxChars)
            return line;
        var end = Math.Max(1, maxChars - 2);
        if (char.IsLowSurrogate(line[end]))
            end--;
        var blank = line.LastIndexOf(' ', end);
        return line[..(blank > end * 3 / 4 ? blank : end)] + " …";
    }
}
