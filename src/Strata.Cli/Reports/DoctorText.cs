using Strata.Archives;
using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata doctor</c>.</summary>
internal static class DoctorText
{
    public static void Write(Screen screen, DoctorReport report)
    {
        screen.Whole($"[bold]{Escape(report.Archive)}[/]  {Escape($"layout {report.SchemaVersion}")}");
        screen.Line(Escape($"{Of(report.Sessions, "session")}, {Of(report.Receipts, "receipt")}, {Of(report.Originals, "original")}, "
            + $"{Of(report.Nodes, "summary node")}"));
        screen.Line(Escape($"{Bytes(report.TextBytes)} of "
            + $"text{(report.StoredBytes is { } stored ? $"; {Bytes(stored)} on disk, session files and indexes included" : "")}"));
        screen.Line();
        foreach (var finding in report.Findings)
            screen.Line($"{Mark(finding)} {Escape($"{finding.Place}: {finding.Message}")}");
        screen.Line(report switch
        {
            { Findings.Count: 0 } => "[green]Everything was read and is as it was written.[/]",
            { Lost: true } => "[red]Something is lost.[/]",
            _ when report.Findings.All(finding => finding.Repaired) => "Nothing is lost; what was wrong is mended.",
            _ => "Nothing is lost. --repair mends what can be mended.",
        });
    }

    private static string Mark(FindingRow finding) => finding switch
    {
        { Repaired: true } => "[green]mended:[/]",
        { Severity: FindingSeverity.Lost } => "[red]lost:[/]",
        _ => "[yellow]notice:[/]",
    };
}
