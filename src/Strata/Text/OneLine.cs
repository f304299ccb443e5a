using System.Text;

namespace Strata.Text;

/// <summary>Text as one line of a list, so that only our own lines stand at the margin of a summary.</summary>
internal static class OneLine
{
    /// <summary>The text with every run of white space as one blank; words stay as they are.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (IsOneLine(text))
            return text.ToString();
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                folded.Append(c);
            else if (folded.Length > 0 && folded[^1] != ' ')
                folded.Append(' ');
        }

        return folded.ToString();
    }

    /// <summary>The same, cut after a word to at most <paramref name="maxChars"/> chars.</summary>
    public static string Of(ReadOnlySpan<char> text, int maxChars) => Cut(Of(text[..TextCut.Before(text, maxChars * 2)]), maxChars);

    public static string Cut(string line, int maxChars)
    {
        if (line.Length <= maxChars)
            return line;
        return line[..TextCut.Head(line, Math.Max(1, maxChars - 2))].TrimEnd() + " …";
    }

    // As most lines are, and a session has many.
    private static bool IsOneLine(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == ' ' ? text[i - 1] == ' ' : char.IsWhiteSpace(c) || char.IsControl(c))
                return false;
        }

        return true;
    }
}
