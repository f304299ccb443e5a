using System.Globalization;
using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata rank</c>.</summary>
internal static class RankText
{
    public static void Write(Screen screen, RankReport report)
    {
        var columns = new Columns().Number().Number("score").Path("document").Flexible("best passage", share: 2);
        foreach (var row in report.Ranked)
            columns.Row(Of(row.Rank), row.Score.ToString("0.00", CultureInfo.InvariantCulture), row.Document, row.Passage);
        screen.Write(columns);
        screen.Line();
        screen.Line(Escape($"{Of(report.Ranked.Count)} of {Of(report.Documents, "document")}"));
    }
}
