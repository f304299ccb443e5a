using Strata.Cli.Files;
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

    public static void Write(Screen screen, IReadOnlyList<OpenClawSession> sessions, TimeZoneInfo zone)
    {
        var columns = new Columns().Id("key").Id("session").Flexible("model").Moment("last used").Number("entries");
        foreach (var session in sessions)
            columns.Row(session.Key, session.Id, session.Model, When(session.At, zone), Of(session.Entries));
        screen.Write(columns);
    }
}
