namespace Strata.Reducing.Lines;

/// <summary>How tools print a file: with line numbers or without.</summary>
internal static class SourceLines
{
    /// <summary>A line longer than this was written by a program: it is not read to its end, and not kept.</summary>
    public const int LongestLine = 400;

    private const int TabWidth = 4;
    private const int Sample = 60;

    /// <summary>The line without the number in front of it: <c>  12→</c>, <c>12</c> and a tab, <c>12|</c>.</summary>
    public static ReadOnlySpan<char> WithoutNumber(ReadOnlySpan<char> line)
    {
        var i = 0;
        while (i < line.Length && line[i] == ' ')
            i++;
        var digits = i;
        while (i < line.Length && char.IsAsciiDigit(line[i]))
            i++;
        return i > digits && i < line.Length && line[i] is '→' or '\t' or '|' ? line[(i + 1)..] : line;
    }

    /// <summary>Whether most lines of the beginning are numbered.</summary>
    public static bool IsNumbered(TextLines lines)
    {
        var numbered = 0;
        var sample = Math.Min(lines.Count, Sample);
        for (var i = 0; i < sample; i++)
            numbered += WithoutNumber(lines[i]).Length < lines[i].Length ? 1 : 0;
        return numbered * 2 > sample;
    }

    /// <summary>Columns before the first char that is no blank.</summary>
    public static int Indent(ReadOnlySpan<char> line)
    {
        var columns = 0;
        foreach (var c in line)
        {
            if (c == '\t')
                columns += TabWidth;
            else if (c == ' ')
                columns++;
            else
                break;
        }

        return columns;
    }
}
