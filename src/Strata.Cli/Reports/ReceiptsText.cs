using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata receipts</c>.</summary>
internal static class ReceiptsText
{
    public static void Write(Screen screen, ReceiptsReport report, TimeZoneInfo zone)
    {
        var hasCost = report.Receipts.Any(row => row.Usage.TokensIn > 0);
        var hasUndone = report.Receipts.Any(row => row.UndoneAt is not null);
        var columns = new Columns().Id("receipt").Moment("when");

        // A session without a name is named by its id.
        columns = report.Receipts.All(row => row.Name is not null) ? columns.Flexible("session", 2) : columns.Id("session");
        columns.Flexible("strategy").Number("before").Number("after").Number("cuts").Text("levels");
        if (hasCost)
            columns.Number("cost");
        if (hasUndone)
            columns.Text("state");
        foreach (var row in report.Receipts)
        {
            List<string> cells = [row.Receipt, When(row.At, zone), row.Name ?? row.Session, row.Strategy, Of(row.Before), Of(row.After),
                Of(row.Cuts.Count), string.Join(", ", row.Levels.Select(level => Of(level)))];
            if (hasCost)
                cells.Add(row.Usage.Cost is { } cost ? Dollars(cost) : row.Usage.TokensIn > 0 ? "?" : "");
            if (hasUndone)
                cells.Add(row.UndoneAt is null ? "" : "undone");
            columns.Styled(row.UndoneAt is null ? null : "dim", [.. cells]);
        }

        screen.Write(columns);
    }
}
