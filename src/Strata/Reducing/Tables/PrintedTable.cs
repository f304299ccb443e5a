using Strata.Reducing.Rows;

namespace Strata.Reducing.Tables;

/// <summary>A table inside a text.</summary>
internal sealed class PrintedTable(int firstLine, bool isOverview)
{
    public int FirstLine { get; } = firstLine;

    /// <summary>Lines with the header and rules.</summary>
    public int LineCount { get; set; }

    /// <summary>Whether it was laid out for a person to read whole.</summary>
    public bool IsOverview { get; } = isOverview;

    public List<(int Start, int Length)> Rows { get; } = [];

    public List<TableColumn> Columns { get; } = [];
}
