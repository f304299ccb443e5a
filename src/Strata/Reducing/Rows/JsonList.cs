using System.Globalization;
using System.Text;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Rows;

/// <summary>A long array inside a cell: how many items, the first, the last and those that stand out.</summary>
internal static class JsonList
{
    private const int FewestItems = 4;
    private const int MostOutliers = 5;

    public static bool Append(StringBuilder written, string json, int maxChars)
    {
        // A table that is no JSON may have brackets in its cells.
        if (!JsonScan.IsValid(json.AsMemory()))
            return false;
        var rows = new JsonRows(json);
        foreach (var (_, item) in JsonScan.Parts(json, 0..json.Length))
            rows.Add(item);
        var count = rows.Rows.Count;
        if (count < FewestItems)
            return false;
        var marks = new LineRank[count];
        foreach (var column in rows.Columns)
            column.Mark(count, marks);
        written.Append(CultureInfo.InvariantCulture, $"[{count:N0} items: ");
        for (int i = 0, before = -1, outliers = 0; i < count; i++)
        {
            if (i > 0 && i < count - 1 && (marks[i] == LineRank.LeftOut || ++outliers > MostOutliers))
                continue;
            written.Append(i == 0 ? "" : i == before + 1 ? "," : string.Create(CultureInfo.InvariantCulture, $", … #{i}: "));
            before = i;
            var (start, length) = rows.Rows[i];
            TableText.Cell(written, json.AsSpan(start, length), Math.Max(20, maxChars / 4));
        }

        written.Append(']');
        return true;
    }
}
