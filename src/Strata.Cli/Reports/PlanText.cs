using Strata.Cli.Output;
using Strata.Planning;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata plan</c>: one row a group.</summary>
internal static class PlanText
{
    public static void Write(Screen screen, PlanReport report)
    {
        var columns = new Columns().Number("#").Text("kind").Flexible("first words").Number("tokens").Text("decision").Flexible("reason")
            .Number("after");
        foreach (var group in report.Groups)
        {
            columns.Styled(
                Style(group.Action), Of(group.Group), Words.Of(group.Kind), group.Text, Of(group.Tokens), Words.Of(group.Action),
                group.Reason, Of(group.After));
        }

        screen.Write(columns);
        screen.Line();
        var totals = new Columns().Text().Number().Number();
        totals.Row("groups", Of(report.Groups.Sum(group => (long)group.Tokens)), Of(report.Groups.Sum(group => (long)group.After)));
        foreach (var summary in report.Summaries)
            totals.Row($"summary of {Of(summary.Groups, "group")}, at most", "", Of(summary.Tokens));
        totals.Row("instructions, tools, framing", Of(report.Request),
            Of(report.After - report.Groups.Sum(group => (long)group.After) - report.Summaries.Sum(summary => (long)summary.Tokens)));
        totals.Styled("bold", "total", Of(report.Before), Of(report.After));
        screen.Write(totals);
        if (report.Recorded is { } recorded)
            screen.Line(Escape($"{Of(recorded, "input token")} recorded in the file for its last request"));
        WriteParts(screen, [.. report.Summaries.SelectMany(summary => summary.Parts)]);
    }

    private static void WriteParts(Screen screen, List<PlannedPartReport> parts)
    {
        if (parts.Count == 0)
            return;
        screen.Line();
        var columns = new Columns().Text("part").Text("groups").Number("from").Number("at most").Number("asks models");
        foreach (var part in parts)
        {
            var what = part.Level switch { null => "goes on as it is", 0 => "its own words", { } level => $"level {Of(level)}" };
            columns.Row(what, part.FirstGroup == part.LastGroup ? Of(part.FirstGroup) : $"{Of(part.FirstGroup)}–{Of(part.LastGroup)}",
                Of(part.CoveredTokens), Of(part.Tokens), Of(part.Nodes));
        }

        columns.Styled("bold", "total", "", "", Of(parts.Sum(part => (long)part.Tokens)), Of(parts.Sum(part => (long)part.Nodes)));
        screen.Write(columns);
    }

    /// <summary>What stands around the table: it goes to standard error, so that the rows can be piped.</summary>
    public static void WriteNotes(Screen screen, PlanReport report)
    {
        screen.Line(Escape($"Strategy {report.Strategy}: {Of(report.Before)} → at most {Of(report.After)} tokens "
            + $"({Percent(report.After, report.Before)}); target {Of(report.Target)}, threshold {Of(report.Threshold)}, window "
            + $"{Of(report.Window)}"));
        screen.Line(Escape($"Counted with {report.Counter.Name}, {report.Counter.Band}"));
        if (report.Rungs.Count > 0)
            screen.Line(Escape($"Rungs taken: {string.Join(", ", report.Rungs)}"));
        if (report.CannotFit is { } why)
            screen.Line($"[red]Cannot fit:[/] {Escape(why)}");
        else if (!report.Due)
            screen.Line(
                Escape($"Nothing is due: {Of(report.Before)} tokens are not above the threshold. 'compact' does this with --force or "
                    + "--target."));
        NotesText.Write(screen, report.Problems, report.Notes);
    }

    private static string? Style(GroupAction action) => action switch
    {
        GroupAction.Shorten => "yellow",
        GroupAction.Summarize => "blue",
        GroupAction.Drop => "red",
        _ => null,
    };
}
