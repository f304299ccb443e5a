using System.Text;

namespace Strata.Reducing.Lines;

/// <summary>What the lines that are left out call, each name once, and none that stands in a line that is kept.</summary>
internal sealed class CalledNames
{
    private const int MostInANote = 4;

    // Shorter names, and names of one word, are the language's own or say nothing apart from their place.
    private const int ShortestName = 6;
    private const int LongestName = 60;

    private readonly TextLines _lines;
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    private CalledNames(TextLines lines) => _lines = lines;

    public static CalledNames Beside(TextLines lines, bool[] taken)
    {
        var names = new CalledNames(lines);
        for (var i = 0; i < taken.Length; i++)
        {
            if (taken[i])
                names.Read(i, onlyCalls: false, written: null);
        }

        return names;
    }

    /// <summary>Appends what the lines from <paramref name="from"/> to before <paramref name="to"/> call.</summary>
    public void Write(StringBuilder written, int from, int to)
    {
        var start = written.Length;
        for (int i = from, count = 0; i < to && count < MostInANote; i++)
            count += Read(i, onlyCalls: true, written, MostInANote - count, start);
    }

    private int Read(int at, bool onlyCalls, StringBuilder? written, int most = int.MaxValue, int start = 0)
    {
        var line = SourceLines.WithoutNumber(_lines[at]);
        if (line.Length > SourceLines.LongestLine || (onlyCalls && IsComment(line.TrimStart())))
            return 0;
        var count = 0;
        var told = _told.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < line.Length && count < most; i++)
        {
            if (!IsOfName(line[i]))
                continue;
            var from = i;
            while (i < line.Length && IsOfName(line[i]))
                i++;
            var name = line[from..i];
            if ((onlyCalls && (i == line.Length || line[i] != '(')) || !IsTelling(name) || !told.Add(name))
                continue;
            written?.Append(written.Length == start ? ": " : ", ").Append(name);
            count++;
        }

        return count;
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static bool IsTelling(ReadOnlySpan<char> name) =>
        name.Length is >= ShortestName and <= LongestName && char.IsAsciiLetter(name[0])
        && (name.Contains('_') || (name[1..].ContainsAnyInRange('A', 'Z') && name.ContainsAnyInRange('a', 'z')));

    private static bool IsComment(ReadOnlySpan<char> line) => line is ['/', '/', ..] or ['#', ..] or ['*', ..] or ['-', '-', ..];
}
