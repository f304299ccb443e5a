using System.Globalization;
using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Ladders;

/// <summary>What a person reads of the models: the table of levels, and why level 0 stood in.</summary>
internal static class LadderText
{
    private const int MostReasons = 5;

    public static void Write(Screen screen, LadderReport report)
    {
        var columns = new Columns()
            .Text("level").Path("model").Number("in").Number("out").Number("saving").Number("calls").Number("store").Number("failed")
            .Number("cost").Number("time");
        foreach (var row in report.Levels)
        {
            columns.Row(
                Of(row.Level), row.Model, Short(row.TokensIn), Short(row.TokensOut), row.Saving is { } saving ? Signed(saving) : "",
                Of(row.Calls), Of(row.FromStore),
                Of(row.Failures), row.Cost is { } cost ? Dollars(cost) : "?",
                row.Calls > 0 ? Duration(TimeSpan.FromSeconds(row.Seconds)) : "");
        }

        if (report.Levels.Count > 0)
            screen.Write(columns);
        else
            screen.Line("No model was asked: this strategy writes no summaries.");
        if (report.UnpricedCalls > 0)
            screen.Line(Escape($"The price of {Of(report.UnpricedCalls, "call")} is not known; no limit counts "
                + $"{(report.UnpricedCalls == 1 ? "it" : "them")}."));
        if (report.MaxCost is { } most)
            screen.Line(Escape($"Cost: {Dollars(report.Cost)} of {Dollars(most)}"));
        WriteReasons(screen, report);
    }

    private static void WriteReasons(Screen screen, LadderReport report)
    {
        var instead = report.Nodes.Count(node => node.Level == 0);
        if (report.Stopped)
            screen.Line("[yellow]Stopped by Ctrl-C:[/] what models had written stays, level 0 wrote the rest.");
        if (instead > 0)
            screen.Line($"[yellow]Level 0 wrote {Escape($"{Of(instead)} of {Of(report.Nodes.Count, "part")}")} instead of a model.[/]");
        var failures = report.Nodes.SelectMany(node => node.Failures).GroupBy(failure => (failure.Model, failure.Fault))
            .OrderByDescending(group => group.Count()).ToList();
        foreach (var group in failures.Take(MostReasons))
            screen.Line(Escape($"  {group.Key.Model}: "
                + $"{group.Key.Fault.Replace('_', ' ')}{(group.Count() > 1 ? $", {Of(group.Count())} times" : "")}: "
                + $"{group.First().Reason}"));
        if (failures.Count > MostReasons)
            screen.Line(Escape($"  … and {Of(failures.Count - MostReasons, "more kind")} of failure; --json lists them all."));
    }

    private static string Signed(double share) =>
        share < 0 ? (share * 100).ToString("0", CultureInfo.InvariantCulture) + "%" : Percent(share);
}
