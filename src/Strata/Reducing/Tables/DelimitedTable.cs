using Strata.Reducing.Lines;
using Strata.Reducing.Rows;

namespace Strata.Reducing.Tables;

/// <summary>CSV and TSV: every line has as many delimiters as the header.</summary>
internal static class DelimitedTable
{
    private const int MostColumns = 64;

    public static PrintedTable? Read(string text, TextLines lines)
    {
        var first = 0;
        while (first < lines.Count && lines[first].IsWhiteSpace())
            first++;
        if (first == lines.Count || lines[first].Length > 4_000)
            return null;
        foreach (var delimiter in (ReadOnlySpan<char>)['\t', ',', ';'])
        {
            var names = Cells(text, lines, first, delimiter);
            if (names.Count < (delimiter == '\t' ? 2 : 3) || names.Count > MostColumns || !IsHeader(text, names))
                continue;
            if (Read(text, lines, first, delimiter, names) is { } table)
                return table;
        }

        return null;
    }

    // Names, each another one; prose has commas too, but its parts are long or not distinct.
    private static bool IsHeader(string text, List<Range> names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var range in names)
        {
            var name = text.AsSpan(range).Trim().Trim('"');
            if (name.Length is 0 or > 48 || char.IsAsciiDigit(name[0]) || name.ContainsAny("{}();=<>") || !seen.Add(name.ToString()))
                return false;
        }

        return true;
    }

    private static PrintedTable? Read(string text, TextLines lines, int first, char delimiter, List<Range> names)
    {
        var table = new PrintedTable(first, isOverview: false);
        foreach (var range in names)
            table.Columns.Add(new TableColumn(text, text[range].Trim().Trim('"')));
        var line = first + 1;
        for (; line < lines.Count && !lines[line].IsWhiteSpace(); line++)
        {
            var cells = Cells(text, lines, line, delimiter);
            if (cells.Count != names.Count)
                break;
            table.Rows.Add((lines.StartOf(line), lines[line].Length));
            for (var i = 0; i < cells.Count; i++)
                table.Columns[i].Add(table.Rows.Count - 1, cells[i].Start.Value, cells[i].End.Value - cells[i].Start.Value);
        }

        table.LineCount = line - first;
        return table;
    }

    private static List<Range> Cells(string text, TextLines lines, int line, char delimiter)
    {
        var cells = new List<Range>();
        var at = lines.StartOf(line);
        var end = at + lines[line].Length;
        while (cells.Count <= MostColumns)
        {
            var close = at < end && text[at] == '"' ? Closing(text, at, end) : at;
            var next = close < 0 ? -1 : text.IndexOf(delimiter, close, end - close);
            cells.Add(at..(next < 0 ? end : next));
            if (next < 0)
                break;
            at = next + 1;
        }

        return cells;
    }

    private static int Closing(string text, int at, int end)
    {
        for (var i = at + 1; i < end; i++)
        {
            if (text[i] != '"')
                continue;
            if (i + 1 < end && text[i + 1] == '"')
                i++;
            else
                return i;
        }

        return -1;
    }
}
