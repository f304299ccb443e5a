using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata sessions</c>.</summary>
internal static class SessionsText
{
    public static void Write(Screen screen, SessionsReport report, TimeZoneInfo zone)
    {
        var columns = new Columns().Id("session").Flexible("name").Moment("last used").Number("compactions").Number("freed");
        foreach (var row in report.Sessions)
            columns.Row(row.Session, row.Name ?? row.AgentId ?? "", When(row.UpdatedAt, zone), Of(row.Compactions), Of(row.TokensFreed));
        screen.Write(columns);
    }
}
