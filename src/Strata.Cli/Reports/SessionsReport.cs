using Strata.Archives;
using Strata.Cli.Files;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata sessions</c> prints.</summary>
internal sealed record SessionsReport(string Archive, IReadOnlyList<SessionRow> Sessions);

/// <summary>What <c>strata sessions --in</c> prints.</summary>
internal sealed record ClientSessionsReport(string Database, IReadOnlyList<OpenClawSession> Sessions);

/// <summary>A session of an archive.</summary>
/// <param name="Session">Its id.</param>
/// <param name="Name">What people call it; null when nobody said.</param>
/// <param name="LogMessages">Messages in its log.</param>
/// <param name="Compactions">Receipts, undone ones included.</param>
/// <param name="TokensFreed">By the compactions that stand.</param>
internal sealed record SessionRow(
    string Session, string? Name, string? AgentId, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long LogMessages, int Compactions,
    long TokensFreed)
{
    public static SessionRow Of(ArchivedSession session) => new(
        session.Id, session.Name, session.AgentId, session.CreatedAt, session.UpdatedAt, session.LogCount, session.Compactions,
        session.TokensFreed);
}
