using System.Text;
using Strata.Reducing.Lines;
using Strata.Reducing.Rows;

namespace Strata.Reducing.Tables;

/// <summary>Tables printed by tools: aligned columns below a header in capitals (kubectl, docker, ps), Markdown, CSV and TSV.</summary>
internal sealed class TableReducer : IReducer
{
    private const int FewestRows = 4;
    private const int FewestCsvRows = 8;

    public string Kind => "table";

    public double Detect(ToolOutput output) => Tables(Lines(output)).Count == 0 ? 0 : .55;

    public string? Reduce(ToolOutput output, int maxChars)
    {
        var lines = Lines(output);
        var tables = Tables(lines);
        if (tables.Count == 0)
            return null;
        var asked = AskedNames.Of(output);
        foreach (var detail in TableDetail.Steps)
        {
            if (Write(lines.Text, lines, tables, detail, asked) is { } written && written.Length <= maxChars)
                return output.Smaller(written, maxChars);
        }

        return null;
    }

    private static TextLines Lines(ToolOutput output) =>
        NumberedLines.Strip(output.Text) is { } plain ? new TextLines(plain) : output.Lines;

    // None where the text is about something else and has a table in it.
    private static List<PrintedTable> Tables(TextLines lines)
    {
        if (lines.Count < FewestRows)
            return [];
        var tables = Tables(lines.Text, lines);
        var (rows, said) = (tables.Sum(table => table.LineCount), 0);
        for (var i = 0; i < lines.Count; i++)
            said += lines[i].IsWhiteSpace() ? 0 : 1;
        return rows * 10 < said * 7 ? [] : tables;
    }

    private static List<PrintedTable> Tables(string text, TextLines lines)
    {
        var tables = new List<PrintedTable>();
        for (var i = 0; i < lines.Count; i++)
        {
            var table = MarkdownTable.Read(text, lines, i) ?? AlignedTable.Read(text, lines, i);
            if (table is null || table.Rows.Count < FewestRows)
                continue;
            tables.Add(table);
            i = table.FirstLine + table.LineCount - 1;
        }

        return tables.Count > 0 ? tables : DelimitedTable.Read(text, lines) is { } csv && csv.Rows.Count >= FewestCsvRows ? [csv] : [];
    }

    private static string Write(string text, TextLines lines, List<PrintedTable> tables, TableDetail detail, AskedNames asked)
    {
        var written = new StringBuilder();
        var line = 0;
        foreach (var table in tables)
        {
            Between(written, lines, line, table.FirstLine);
            // A person's overview of a cluster or of processes: each row has a name that may be asked for next.
            var shown = table.IsOverview ? detail with { All = detail.All * 3 } : detail;
            TableText.Write(written, "", "rows", table.Rows, text, table.Columns, shown, asked);
            written.Append('\n');
            line = table.FirstLine + table.LineCount;
        }

        Between(written, lines, line, lines.Count);
        written.Length--;
        return written.ToString();
    }

    private static void Between(StringBuilder written, TextLines lines, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (!lines[i].IsWhiteSpace())
            {
                LineSelection.AppendClipped(written, lines[i]);
                written.Append('\n');
            }
        }
    }
}
