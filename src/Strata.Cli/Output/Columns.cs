using Spectre.Console;

namespace Strata.Cli.Output;

/// <summary>A table without lines: columns side by side, those marked as flexible cut to what the terminal leaves them.</summary>
internal sealed class Columns
{
    private const int Gap = 2;
    private const int Narrowest = 4;

    private readonly List<Column> _columns = [];
    private readonly List<string[]> _rows = [];
    private readonly List<string?> _styles = [];
    private bool _hasHeader;

    /// <param name="Header">Empty for none.</param>
    /// <param name="Right">Numbers stand to the right.</param>
    /// <param name="Share">The share of what fixed columns leave; 0: as wide as its longest cell.</param>
    /// <param name="IsPath">Cut at its start.</param>
    private sealed record Column(string Header, bool Right, int Share, bool IsPath = false);

    public Columns Text(string header = "") => Add(new Column(header, Right: false, Share: 0));

    public Columns Number(string header = "") => Add(new Column(header, Right: true, Share: 0));

    /// <summary>A column that is cut where the terminal is too narrow; <paramref name="share"/> against other such columns.</summary>
    public Columns Flexible(string header = "", int share = 1) => Add(new Column(header, Right: false, share));

    /// <summary>A flexible column of paths: what is cut is their beginning.</summary>
    public Columns Path(string header = "") => Add(new Column(header, Right: false, Share: 1, IsPath: true));

    public void Row(params string[] cells) => Styled(style: null, cells);

    public void Styled(string? style, params string[] cells)
    {
        _rows.Add(Array.ConvertAll(cells, Screen.Printable));
        _styles.Add(style);
    }

    internal Table ToTable(int? width)
    {
        var widths = Widths(width);
        var table = new Table { Border = TableBorder.None, ShowHeaders = _hasHeader };
        for (var i = 0; i < _columns.Count; i++)
        {
            var column = new TableColumn(new Text(CellText.Fit(_columns[i].Header, widths[i]), new Style(decoration: Decoration.Bold)))
            {
                Alignment = _columns[i].Right ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = new Padding(0, 0, i == _columns.Count - 1 ? 0 : Gap, 0),
                Width = widths[i],
            };
            table.AddColumn(column);
        }

        for (var i = 0; i < _rows.Count; i++)
        {
            var style = _styles[i] is { } name ? Style.Parse(name) : Style.Plain;
            table.AddRow(_rows[i].Select((cell, c) => new Text(_columns[c].IsPath ? CellText.FitEnd(cell, widths[c]) : CellText.Fit(cell, widths[c]), style)));
        }

        return table;
    }

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

        if (width is not { } columns)
            return widths;
        var over = widths.Sum() + (Gap * (widths.Length - 1)) - columns;
        return over <= 0 ? widths : Narrow(widths, over);
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
