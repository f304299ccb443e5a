using Strata.Reducing.Lines;
using Strata.Reducing.Rows;

namespace Strata.Reducing.Tables;

/// <summary>Columns that start below the words of a header in capitals.</summary>
internal static class AlignedTable
{
    private const int MostColumns = 24;

    public static PrintedTable? Read(string text, TextLines lines, int first)
    {
        if (first + 2 >= lines.Count || Header(lines[first]) is not { } starts)
            return null;
        // ps and df print numbers to the right, below the end of their word.
        var isLoose = !AreAligned(lines, first, starts);
        var table = new PrintedTable(first, isOverview: true);
        var header = lines[first];
        for (var i = 0; i < starts.Count; i++)
            table.Columns.Add(new TableColumn(
                text, header[starts[i]..(i + 1 < starts.Count ? starts[i + 1] : header.Length)].Trim().ToString()));
        var line = first + 1;
        for (; line < lines.Count && !lines[line].IsWhiteSpace(); line++)
        {
            var row = table.Rows.Count;
            if (isLoose ? !AddWords(lines, line, table, row) : !AddSlices(lines, line, starts, table, row))
                break;
            table.Rows.Add((lines.StartOf(line), lines[line].Length));
        }

        table.LineCount = line - first;
        return table.Rows.Count == 0 ? null : table;
    }

    // "NAME   READY   STATUS" with words of capitals only; one blank may stand inside a word ("CONTAINER ID").
    private static List<int>? Header(ReadOnlySpan<char> line)
    {
        if (line.Length is < 8 or > 1_000 || char.IsWhiteSpace(line[0]))
            return null;
        var starts = new List<int>();
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsAsciiLetterLower(line[i])
                || (!char.IsAsciiLetterOrDigit(line[i]) && line[i] is not (' ' or '%' or '_' or '-' or '(' or ')' or '/' or '+')))
                return null;
            if (line[i] != ' ' && (i == 0 || (line[i - 1] == ' ' && (i == 1 || line[i - 2] == ' '))))
                starts.Add(i);
        }

        if (starts.Count >= 2)
            return starts.Count <= MostColumns ? starts : null;
        // One blank between all words.
        starts.Clear();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != ' ' && (i == 0 || line[i - 1] == ' '))
                starts.Add(i);
        }

        return starts.Count is >= 3 and <= MostColumns ? starts : null;
    }

    private static bool AreAligned(TextLines lines, int first, List<int> starts)
    {
        for (var line = first + 1; line < Math.Min(lines.Count, first + 6) && !lines[line].IsWhiteSpace(); line++)
        {
            foreach (var start in starts)
            {
                if (start > 0 && start < lines[line].Length && lines[line][start - 1] != ' ')
                    return false;
            }
        }

        return true;
    }

    private static bool AddSlices(TextLines lines, int line, List<int> starts, PrintedTable table, int row)
    {
        var text = lines[line];
        if (text[0] == ' ' || text.Length <= starts[1])
            return false;
        foreach (var start in starts)
        {
            if (start > 0 && start < text.Length && text[start - 1] != ' ')
                return false;
        }

        for (var i = 0; i < starts.Count && starts[i] < text.Length; i++)
        {
            var cell = text[starts[i]..Math.Min(i + 1 < starts.Count ? starts[i + 1] : text.Length, text.Length)];
            table.Columns[i].Add(row, lines.StartOf(line) + starts[i] + cell.Length - cell.TrimStart().Length, cell.Trim().Length);
        }

        return true;
    }

    // The last column takes the rest.
    private static bool AddWords(TextLines lines, int line, PrintedTable table, int row)
    {
        var text = lines[line];
        var cells = new List<(int Start, int End)>();
        for (var i = 0; i < text.Length && cells.Count < table.Columns.Count;)
        {
            if (text[i] == ' ')
            {
                i++;
                continue;
            }

            var end = i;
            while (end < text.Length && text[end] != ' ')
                end++;
            cells.Add((i, cells.Count + 1 == table.Columns.Count ? text.TrimEnd().Length : end));
            i = end;
        }

        if (cells.Count != table.Columns.Count)
            return false;
        for (var i = 0; i < cells.Count; i++)
            table.Columns[i].Add(row, lines.StartOf(line) + cells[i].Start, cells[i].End - cells[i].Start);
        return true;
    }
}
