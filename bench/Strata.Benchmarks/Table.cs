using System.Globalization;

namespace Strata.Benchmarks;

/// <summary>A Markdown table: what is printed can be pasted into docs/benchmarks.md.</summary>
internal sealed class Table(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params IReadOnlyList<object?> cells) => _rows.Add([.. cells.Select(Text)]);

    public void Print()
    {
        var widths = Enumerable.Range(0, header.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        Line(_rows[0]);
        Line([.. widths.Select((width, column) => column == 0 ? new string('-', width) : new string('-', Math.Max(width - 1, 1)) + ":")]);
        foreach (var row in _rows.Skip(1))
            Line(row);
        Console.WriteLine();

        void Line(string[] cells) => Console.WriteLine(
            "| " + string.Join(
                " | ", cells.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + " |");
    }

    private static string Text(object? cell) => cell switch
    {
        double number when Math.Abs(number) >= 100 => number.ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString(Math.Abs(number) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture),
        int or long => string.Format(CultureInfo.InvariantCulture, "{0:N0}", cell),
        _ => cell?.ToString() ?? "",
    };
}
