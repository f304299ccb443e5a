using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata inspect</c>.</summary>
internal static class InspectText
{
    private const int MostTools = 8;
    private const int MostTurns = 15;
    private const int MostReads = 8;
    private const int BarWidth = 30;

    public static void Write(Screen screen, InspectReport report)
    {
        screen.Whole($"[bold]{Escape(report.File)}[/]  "
            + Escape($"{report.Format}, {Of(report.Turns.Count, "turn")}, {Of(report.Groups.Count, "group")}, "
                + Of(report.Messages, "message")));
        screen.Line(Escape($"{report.Model.Name ?? "no model named"}, counted with {report.Counter.Name}, {report.Counter.Band}"));
        screen.Line($"[bold]{Of(report.Tokens, "token")}[/]"
            + Escape($", {Percent(report.Tokens, report.Window)} of the window of {Of(report.Window)}; "
                + $"threshold {Of(report.Threshold)}"));
        screen.Line();
        screen.Heading("Where the tokens are");
        Bars(screen, report.Tokens, [.. report.Kinds.Rows().Where(kind => kind.Tokens > 0).OrderByDescending(kind => kind.Tokens)]);
        Tools(screen, report);
        Turns(screen, report);
        Largest(screen, report);
        Reads(screen, report);
    }

    private static void Bars(Screen screen, int whole, IReadOnlyList<(string Name, int Tokens)> rows)
    {
        var columns = new Columns().Flexible().Number().Number().Text();
        var most = rows.Count == 0 ? 1 : rows.Max(row => row.Tokens);
        foreach (var (name, tokens) in rows)
            columns.Row(name, Of(tokens), Percent(tokens, whole), Bar.Of(tokens, most, BarWidth));
        screen.Write(columns);
    }

    private static void Tools(Screen screen, InspectReport report)
    {
        if (report.Tools.Count == 0)
            return;
        screen.Line();
        screen.Heading("By tool, calls and results");
        var rows = report.Tools.Take(MostTools).Select(tool => ($"{tool.Tool} ×{Of(tool.Calls)}", tool.Tokens)).ToList();
        if (report.Tools.Count > MostTools)
            rows.Add((Of(report.Tools.Count - MostTools, "more tool"), report.Tools.Skip(MostTools).Sum(tool => tool.Tokens)));
        Bars(screen, report.Tokens, rows);
    }

    private static void Turns(Screen screen, InspectReport report)
    {
        screen.Line();
        screen.Heading("Turns");
        var columns = new Columns().Number("#").Text("groups").Number("messages").Number("tokens").Flexible("first words");
        var skipped = report.Turns.Count - MostTurns;
        var head = skipped > 0 ? MostTurns / 3 : report.Turns.Count;
        foreach (var turn in report.Turns.Take(head))
            Row(turn);
        if (skipped > 0)
        {
            var between = report.Turns.Skip(head).Take(skipped).ToList();
            columns.Styled("dim", "…", "", Of(between.Sum(turn => turn.Messages)), Of(between.Sum(turn => (long)turn.Tokens)),
                $"{Of(skipped, "turn")} more; --json lists all");
            foreach (var turn in report.Turns.Skip(head + skipped))
                Row(turn);
        }

        screen.Write(columns);

        void Row(TurnReport turn)
        {
            var last = turn.FirstGroup + turn.Groups - 1;
            columns.Row(Of(turn.Turn), last == turn.FirstGroup ? $"{last}" : $"{turn.FirstGroup}-{last}", Of(turn.Messages),
                Of(turn.Tokens), turn.Text);
        }
    }

    private static void Largest(Screen screen, InspectReport report)
    {
        screen.Line();
        screen.Heading("Largest items");
        var columns = new Columns().Number("group").Text("place").Number("tokens").Flexible("what").Flexible("first words", 3);
        foreach (var item in report.LargestItems)
            columns.Row(Of(item.Group), item.Place, Of(item.Tokens), item.What, item.Text);
        screen.Write(columns);
    }

    private static void Reads(Screen screen, InspectReport report)
    {
        if (report.RepeatedReads.Count == 0)
            return;
        screen.Line();
        screen.Heading("Files read more than once");
        var columns = new Columns().Number("reads").Number("tokens").Number("wasted").Path("file");
        foreach (var read in report.RepeatedReads.Take(MostReads))
            columns.Row(Of(read.Reads), Of(read.Tokens), Of(read.WastedTokens), read.Path);
        screen.Write(columns);
        if (report.RepeatedReads.Count > MostReads)
            screen.Line(Escape($"… and {Of(report.RepeatedReads.Count - MostReads, "more file")}"));
        screen.Line(Escape($"Wasted: {Of(report.RepeatedReads.Sum(read => (long)read.WastedTokens), "token")} of results that a later read "
            + "of the same part repeats"));
    }
}
