using System.Globalization;
using System.Text;

namespace Strata.Reducing.Lines;

/// <summary>Tools that print files number the lines: "  12→" or "12" and a tab.</summary>
internal static class NumberedLines
{
    /// <summary>The text without the numbers; null where lines have none. Lines after the last numbered one stay as they are.</summary>
    public static string? Strip(string text)
    {
        if (!IsNumbered(text))
            return null;
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            var line = text.AsSpan(at..end);
            plain.Append(line[Number(line)..]);
            at = end;
        }

        return plain.ToString();
    }

    // The rows of a table may begin with a number and a tab too, but not each with the next one.
    private static bool IsNumbered(string text)
    {
        var rest = text.AsSpan();
        var before = -1L;
        for (var i = 0; i < 3; i++)
        {
            var chars = Number(rest);
            if (chars == 0
                || !long.TryParse(rest[..(chars - 1)], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var number))
                return false;
            if (before >= 0 && number != before + 1)
                return false;
            before = number;
            var end = rest.IndexOf('\n');
            if (end < 0)
                return true;
            rest = rest[(end + 1)..];
        }

        return true;
    }

    /// <summary>Chars that the number at the beginning takes; 0 when there is none.</summary>
    public static int Number(ReadOnlySpan<char> line)
    {
        var i = 0;
        while (i < line.Length && line[i] == ' ')
            i++;
        var digits = i;
        while (i < line.Length && char.IsAsciiDigit(line[i]))
            i++;
        return i > digits && i < line.Length && line[i] is '→' or '\t' ? i + 1 : 0;
    }
}
