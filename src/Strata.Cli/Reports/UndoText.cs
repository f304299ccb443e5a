using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata undo</c>.</summary>
internal static class UndoText
{
    public static void Write(Screen screen, UndoReport report, TimeZoneInfo zone)
    {
        screen.Whole($"[bold]{Escape(report.Of)}[/]  {Escape($"session {report.Session}")}");
        screen.Line();
        var columns = new Columns().Id("undone").Moment("when").Flexible("strategy").Number("before").Number("after");
        foreach (var receipt in report.Undone)
            columns.Row(receipt.Receipt, When(receipt.At, zone), receipt.Strategy, Of(receipt.Before), Of(receipt.After));
        screen.Write(columns);
        screen.Line();
        screen.Line(Escape(report.MessagesSince > 0
            ? $"{Of(report.Messages, "message")}, the last {Of(report.MessagesSince)} of them from after the compaction"
            : $"{Of(report.Messages, "message")}{(report.Exact ? ", byte for byte the file that was compacted" : "")}"));
        if (report.WasEdited)
            screen.Line("[yellow]Note:[/] the compacted part was changed since, or written in another format: what still stood of it was "
                + "expanded in its place, what was removed did not come back.");
        if (report.ReasoningLeftOut > 0)
            screen.Line(Escape($"Note: signed reasoning of {Of(report.ReasoningLeftOut, "message")} since was left out: it was made behind "
                + "the compacted messages, and its vendor refuses it behind others."));
        if (report.SecretsRedacted > 0)
        {
            var (are, them) = report.SecretsRedacted == 1 ? ("is a placeholder", "it") : ("are placeholders", "them");
            screen.Line("[red]Not as it was:[/] "
                + Escape($"{Of(report.SecretsRedacted, "secret")} {are}, because the archive never saw {them}. "
                + "Keep the file that was compacted where you have it."));
        }

        NotesText.Write(screen, [], report.Notes);
        screen.Whole($"Wrote [bold]{Escape(report.Output == "-" ? "to standard output" : report.Output)}[/]"
            + $"{Escape($" ({report.Format}{(report.OutputBytes is { } bytes ? $", {Bytes(bytes)}" : "")}).")}");
    }
}
