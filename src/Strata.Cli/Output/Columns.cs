using Spectre.Console;
using Strata.Archives;

namespace Strata.Cli.Output;

/// <summary>A table without lines: columns side by side, those marked as flexible cut to what the terminal leaves them.</summary>
internal sealed class Columns
{
    private const int Gap = 2;
    private const int Narrowest = 4;

    // Beside an id: what is left of a header that is wider than its numbers, and the date of a moment.
    private const int LeastHeader = 5;
    private const int DateWidth = 10;

    private readonly List<Column> _columns = [];
    private readonly List<string[]> _rows = [];
    private readonly List<string?> _styles = [];
    private bool _hasHeader;

    /// <param name="Header">Empty for none.</param>
    /// <param name="Right">Numbers stand to the right.</param>
    /// <param name="Share">The share of what fixed columns leave; 0: as wide as its longest cell.</param>
    /// <param name="IsPath">Cut at its start.</param>
    /// <param name="IsId">Never cut.</param>
    /// <param name="IsMoment">Loses its time first.</param>
    private sealed record Column(string Header, bool Right, int Share, bool IsPath = false, bool IsId = false, bool IsMoment = false);

    /// <summary>
    /// Whether something in it is to be copied: then columns from the right are left out where the terminal is too narrow for all.
    /// </summary>
    public bool HasIds => _columns.Exists(column => column.IsId);

    public Columns Text(string header = "") => Add(new Column(header, Right: false, Share: 0));

    public Columns Number(string header = "") => Add(new Column(header, Right: true, Share: 0));

    /// <summary>A column that is cut where the terminal is too narrow; <paramref name="share"/> against other such columns.</summary>
    public Columns Flexible(string header = "", int share = 1) => Add(new Column(header, Right: false, share));

    /// <summary>A flexible column of paths: what is cut is their beginning.</summary>
    public Columns Path(string header = "") => Add(new Column(header, Right: false, Share: 1, IsPath: true));

    /// <summary>A column of ids: whole however narrow the terminal is.</summary>
    public Columns Id(string header = "") => Add(new Column(header, Right: false, Share: 0, IsId: true));

    /// <summary>A column of <see cref="Numbers.When"/>: the date only where the terminal is too narrow.</summary>
    public Columns Moment(string header = "") => Add(new Column(header, Right: false, Share: 0, IsMoment: true));

    public void Row(params string[] cells) => Styled(style: null, cells);

    public void Styled(string? style, params string[] cells)
    {
        _rows.Add(Array.ConvertAll(cells, Screen.Printable));
        _styles.Add(style);
    }

    internal Table ToTable(int? width)
    {
        var widths = Widths(width);
        var shown = Enumerable.Range(0, widths.Length).Where(i => widths[i] > 0).ToList();
        var table = new Table { Border = TableBorder.None, ShowHeaders = _hasHeader };
        foreach (var i in shown)
        {
            var column = new TableColumn(new Spectre.Console.Text(
                CellText.Fit(_columns[i].Header, widths[i]), new Style(decoration: Decoration.Bold)))
            {
                Alignment = _columns[i].Right ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = new Padding(0, 0, i == shown[^1] ? 0 : Gap, 0),
                Width = widths[i],
            };
            table.AddColumn(column);
        }

        for (var i = 0; i < _rows.Count; i++)
        {
            var style = _styles[i] is { } name ? Style.Parse(name) : Style.Plain;
            table.AddRow(shown.Select(c => new Spectre.Console.Text(Cell(_columns[c], _rows[i][c], widths[c]), style)));
        }

        return table;
    }

    private static string Cell(Column column, string text, int width) => column switch
    {
        { IsPath: true } => CellText.FitEnd(text, width),
        { IsMoment: true } when text.Length > width => text[..width],
        _ => CellText.Fit(text, width),
    };

    private Columns Add(Column column)
    {
        _columns.Add(column);
        _hasHeader |= column.Header.Length > 0;
        return this;
    }

    private int[] Widths(int? width)
    {
        var widths = new int[_columns.Count];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = Math.Max(1, CellText.Width(_columns[i].Header));
            foreach (var row in _rows)
                widths[i] = Math.Max(widths[i], CellText.Width(row[i]));
        }

        if (width is not { } columns || Over(widths, columns) <= 0)
            return widths;
        var narrow = Narrow(widths, Over(widths, columns));
        return HasIds && Over(narrow, columns) > 0 ? Tighten(widths, columns) : narrow;
    }

    private static int Over(int[] widths, int columns) => widths.Sum() + (Gap * (widths.Count(width => width > 0) - 1)) - columns;

    // A part of an id names nothing: all else gives way, and what stands to the right goes first.
    private int[] Tighten(int[] widths, int columns)
    {
        var tight = widths.Select((width, i) => _columns[i] switch
        {
            { Right: true } => Math.Max(_rows.Select(row => CellText.Width(row[i])).DefaultIfEmpty().Max(), Math.Min(width, LeastHeader)),
            { IsMoment: true } => Math.Min(width, DateWidth),
            _ => width,
        }).ToArray();
        while (true)
        {
            var narrow = Narrow(tight, Over(tight, columns));
            var last = narrow.Length - 1;
            while (last >= 0 && (_columns[last].IsId || narrow[last] == 0))
                last--;
            if (last < 0 || Over(narrow, columns) <= 0)
                return narrow;
            tight[last] = 0;
        }
    }

    // Every flexible column keeps room for its header; what is left beyond that goes by shares, and what one does not need, the others get.
    private int[] Narrow(int[] widths, int over)
    {
        var narrow = Array.ConvertAll(widths, width => width);
        var flexible = Enumerable.Range(0, widths.Length).Where(i => _columns[i].Share > 0).ToList();
        foreach (var i in flexible)
            narrow[i] = Math.Min(widths[i], Math.Max(Narrowest, CellText.Width(_columns[i].Header)));
        var room = Math.Max(0, flexible.Sum(i => widths[i]) - over - flexible.Sum(i => narrow[i]));
        var shares = flexible.Sum(i => _columns[i].Share);
        foreach (var i in flexible.OrderBy(i => (widths[i] - narrow[i]) / (double)_columns[i].Share))
        {
            var more = Math.Min(room * _columns[i].Share / shares, widths[i] - narrow[i]);
            (room, shares, narrow[i]) = (room - more, shares - _columns[i].Share, narrow[i] + more);
        }

        return narrow;
    }
}
