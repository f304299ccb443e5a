using Strata.Reducing.Lines;
using Strata.Reducing.Rows;

namespace Strata.Reducing.Tables;

/// <summary>A header between bars, a rule of dashes, rows between bars.</summary>
internal static class MarkdownTable
{
    public static PrintedTable? Read(string text, TextLines lines, int first)
    {
        if (first + 2 >= lines.Count || !IsRow(lines[first]) || !IsRule(lines[first + 1]))
            return null;
        var table = new PrintedTable(first, isOverview: true);
        foreach (var range in Cells(text, lines, first))
            table.Columns.Add(new TableColumn(text, text[range].Trim()));
        var line = first + 2;
        for (; line < lines.Count && IsRow(lines[line]); line++)
        {
            table.Rows.Add((lines.StartOf(line), lines[line].Length));
            var column = 0;
            foreach (var range in Cells(text, lines, line))
            {
                if (column == table.Columns.Count)
                    break;
                var cell = text.AsSpan(range);
                var start = range.Start.Value + cell.Length - cell.TrimStart().Length;
                table.Columns[column++].Add(table.Rows.Count - 1, start, cell.Trim().Length);
            }
        }

        table.LineCount = line - first;
        return table;
    }

    private static bool IsRow(ReadOnlySpan<char> line) => line.Length > 2 && line[0] == '|' && line.TrimEnd()[^1] == '|';

    private static bool IsRule(ReadOnlySpan<char> line) => IsRow(line) && line.Contains('-') && !line.ContainsAnyExcept("|-: \t+");

    private static IEnumerable<Range> Cells(string text, TextLines lines, int line)
    {
        var at = lines.StartOf(line) + 1;
        var end = lines.StartOf(line) + lines[line].TrimEnd().Length;
        while (at < end)
        {
            var bar = text.IndexOf('|', at, end - at);
            if (bar < 0)
                yield break;
            yield return at..bar;
            at = bar + 1;
        }
    }
}
