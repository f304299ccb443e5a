using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata compact</c>.</summary>
internal static class CompactText
{
    public static void Write(Screen screen, CompactReport report)
    {
        screen.Whole($"[bold]{Escape(report.File)}[/]  {Escape(report.Format)}, {Of(report.Messages.Before, "message")}");
        screen.Line(Model(report));
        if (report.AgentId is { } agent)
            screen.Line(Escape($"agent {agent}"));
        screen.Line(Escape($"window {Of(report.Window)}{(report.WindowIsKnown ? "" : " (assumed)")}, threshold {Of(report.Threshold)}, "
            + $"target {Of(report.Target)}"));
        if (report.Recorded is { } recorded)
            screen.Line(Escape($"{Of(recorded, "input token")} recorded in the file for its last request"));
        screen.Line();
        if (report.Outcome == CompactionOutcome.Compacted)
            Compacted(screen, report);
        else
            screen.Line(Escape(report.Outcome == CompactionOutcome.CannotFit ? $"Cannot fit: {report.Reason}."
                : $"Nothing needed doing: {report.Reason}.{Hint(report)}"));
        if (report is { Ladder: { } ladder, Outcome: not CompactionOutcome.Unchanged })
        {
            screen.Line();
            Ladders.LadderText.Write(screen, ladder);
            screen.Line();
        }

        NotesText.Write(screen, report.Problems, report.Notes);
        screen.Whole(Written(report));
    }

    private static string Model(CompactReport report)
    {
        var model = report.Model;
        var name = model.Name ?? "no model named";
        var taken = model.Name is null || string.Equals(model.Name, model.Id, StringComparison.OrdinalIgnoreCase) || !report.WindowIsKnown
            ? "" : $" (taken for {model.Id})";
        return Escape($"{name}{taken}, counted with {report.Counter.Name}, {report.Counter.Band}");
    }

    private static void Compacted(Screen screen, CompactReport report)
    {
        screen.Line(
            $"[bold]{Of(report.Before)} → {Of(report.After)} tokens[/]  "
                + $"{Escape($"{Percent(report.After, report.Before)} kept, strategy {report.Strategy}")}");
        screen.Line();
        var columns = new Columns().Text().Number("groups").Number("messages").Number("before").Number("after");
        var groups = report.Groups!;
        Row("kept", groups.Keep, groups.Keep.After);
        Row("shortened", groups.Shorten, groups.Shorten.After);
        Row("summarized", groups.Summarize, groups.Summarize.After);
        Row("dropped", groups.Drop, groups.Drop.After);
        if (report.Request > 0)
            columns.Row("request", "", "", Of(report.Request), Of(report.Request));
        screen.Write(columns);
        screen.Line();
        if (report.Levels.Count > 0)
            screen.Line(Escape($"Summary: level {string.Join(", ", report.Levels)}, {Of(report.SummaryTokens, "token")}"));
        if (report.Rungs.Count > 0)
            screen.Line(Escape($"Rungs taken: {string.Join(", ", report.Rungs)}"));
        screen.Whole(Escape($"Originals: strata recall HANDLE{From(report)}"));
        if (report.Archive is { } kept)
            screen.Whole(Escape($"Archive: {kept.Archive}{(kept.IsNew ? " (made now)" : "")}, receipt {kept.Receipt}"));

        void Row(string name, ActionTotal total, long after)
        {
            if (total.Groups > 0)
                columns.Row(name, Of(total.Groups), Of(total.Messages), Of(total.Before), Of(after));
        }
    }

    private static string From(CompactReport report) => report switch
    {
        { Archive: { } kept } => kept.Hint,
        { IsFromPipe: true } => " --in FILE, the input: keep it",
        _ => $" --in {ShellText.Quote(report.File)}",
    };

    private static string Hint(CompactReport report) => report switch
    {
        { Groups: not null } => "",
        _ when report.Before > report.Target => " --force compacts to the target all the same.",
        _ => " A smaller --target shortens it all the same.",
    };

    private static string Written(CompactReport report)
    {
        var time = Duration(TimeSpan.FromMilliseconds(report.Milliseconds));
        if (report.Output is null)
            return Escape($"No file was written ({time}).");
        var what = report.Output == "-" ? "to standard output" : report.Output;
        var size = report.OutputBytes is { } bytes ? $", {Bytes(bytes)}" : "";
        return $"Wrote [bold]{Escape(what)}[/]{Escape($" ({report.OutputFormat}{size}) in {time}.")}";
    }
}
