using Strata.Archives;
using Strata.Storage.Postgres.Connections;

namespace Strata.Storage.Postgres.Maintenance;

/// <summary>A finding with what mends it.</summary>
internal sealed record Ailment(ArchiveFinding Finding, IReadOnlyList<Statement> Cure)
{
    public Ailment(FindingSeverity severity, string place, string message, params Statement[] cure)
        : this(new ArchiveFinding(severity, place, message), cure)
    {
    }
}
