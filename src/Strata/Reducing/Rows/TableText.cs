using System.Globalization;
using System.Text;
using Strata.Reducing.Lines;
using Strata.Text;

namespace Strata.Reducing.Rows;

/// <summary>Writes a table: what its columns hold, then the rows that matter, as CSV.</summary>
internal static class TableText
{
    /// <param name="written">Where it goes.</param>
    /// <param name="indent">What each line begins with.</param>
    /// <param name="noun">What the rows are: <c>objects</c>, <c>rows</c>.</param>
    /// <param name="rows">Where the rows stand in the text; one a row.</param>
    /// <param name="text">The text.</param>
    /// <param name="columns">In the order of the header.</param>
    /// <param name="detail">How much is shown.</param>
    /// <param name="asked">Names that the call asked for.</param>
    public static void Write(
        StringBuilder written, string indent, string noun, List<(int Start, int Length)> rows, string text,
        IReadOnlyList<TableColumn> columns, TableDetail detail, AskedNames asked)
    {
        var shown = Choose(rows, text, columns, detail, asked);
        var listed = columns.Where(column => !column.IsConstant(rows.Count) || rows.Count == 1).ToList();
        var isWhole = shown.Count == rows.Count;
        written.Append(CultureInfo.InvariantCulture, $"{rows.Count:N0} {noun}");
        if (!isWhole)
            written.Append(CultureInfo.InvariantCulture, $", {rows.Count - shown.Count:N0} left out");
        Constants(written, columns.Where(column => column.IsConstant(rows.Count) && rows.Count > 1), detail.CellChars);
        if (!isWhole)
        {
            var before = "\n" + indent;
            foreach (var column in listed)
            {
                if (column.Description(rows.Count, detail.CellChars) is not { } description)
                    continue;
                written.Append(before).Append(column.Name).Append(description);
                before = "; ";
            }
        }

        if (shown.Count == 0 || listed.Count == 0)
            return;
        written.Append('\n').Append(indent).Append(isWhole ? "" : "#,").AppendJoin(',', listed.Select(column => column.Name));
        foreach (var row in shown)
        {
            written.Append('\n').Append(indent);
            if (!isWhole)
                written.Append(CultureInfo.InvariantCulture, $"{row},");
            for (var i = 0; i < listed.Count; i++)
            {
                written.Append(i == 0 ? "" : ",");
                Cell(written, listed[i].CellOf(row), detail.CellChars);
            }
        }
    }

    /// <summary>A value without its quotes where they say nothing.</summary>
    public static void Cell(StringBuilder written, ReadOnlySpan<char> cell, int maxChars)
    {
        // What failed is worth more room.
        if (cell.Length > maxChars && FailureWords.IsFailure(cell[..Math.Min(cell.Length, 2_000)]))
            maxChars *= 3;
        var isString = cell is ['"', _, .., '"'];
        var isPlain = isString && cell[1..^1] is var inner && !inner.ContainsAny(",\n;") && !char.IsWhiteSpace(inner[0]);
        if (isPlain)
            cell = cell[1..^1];
        if (cell.Length <= maxChars)
        {
            var isQuoted = !isString && cell.Contains(',') && cell[0] is not ('[' or '{' or '"');
            written.Append(isQuoted ? "\"" : "");
            Compact(written, cell, isString);
            written.Append(isQuoted ? "\"" : "");
            return;
        }

        if (cell[0] == '[' && JsonList.Append(written, cell.ToString(), maxChars))
            return;
        var head = TextCut.Before(cell, maxChars);
        Compact(written, cell[..head], isString);
        written.Append(CultureInfo.InvariantCulture, $"[… {cell.Length - head:N0} chars]");
    }

    // The line breaks and blanks of printed JSON.
    private static void Compact(StringBuilder written, ReadOnlySpan<char> cell, bool isString)
    {
        if (isString || !cell.Contains('\n'))
        {
            written.Append(cell);
            return;
        }

        foreach (var line in cell.EnumerateLines())
            written.Append(line.Trim());
    }

    private static void Constants(StringBuilder written, IEnumerable<TableColumn> columns, int cellChars)
    {
        var separator = "; in all: ";
        foreach (var column in columns)
        {
            written.Append(separator).Append(column.Name).Append('=');
            Cell(written, column.First, cellChars);
            separator = ", ";
        }
    }

    private static List<int> Choose(
        List<(int Start, int Length)> rows, string text, IReadOnlyList<TableColumn> columns, TableDetail detail, AskedNames asked)
    {
        if (rows.Count <= detail.All)
            return [.. Enumerable.Range(0, rows.Count)];
        var marks = new LineRank[rows.Count];
        foreach (var column in columns)
            column.Mark(rows.Count, marks);
        int failures = 0, outliers = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            if (asked.StandIn(text.AsSpan(rows[i].Start, rows[i].Length)))
                marks[i] = LineRank.Verdict;
            if (marks[i] == LineRank.Verdict && ++failures > detail.Failures)
                marks[i] = LineRank.LeftOut;
            if (marks[i] == LineRank.Detail && ++outliers > detail.Outliers)
                marks[i] = LineRank.LeftOut;
            if (marks[i] == LineRank.LeftOut && (i < detail.Ends || i > rows.Count - detail.Ends))
                marks[i] = LineRank.Sample;
        }

        var shown = new List<int>();
        for (var i = 0; i < marks.Length; i++)
        {
            if (marks[i] != LineRank.LeftOut)
                shown.Add(i);
        }

        return shown;
    }
}
