using Strata.Archives;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata doctor</c> found.</summary>
internal sealed record DoctorReport
{
    public required string Archive { get; init; }

    public required int SchemaVersion { get; init; }

    public required long Sessions { get; init; }

    public required long Receipts { get; init; }

    public required long Originals { get; init; }

    public required long Nodes { get; init; }

    /// <summary>Bytes of the originals, uncompressed.</summary>
    public required long TextBytes { get; init; }

    /// <summary>Bytes on disk; null where nothing is on one.</summary>
    public long? StoredBytes { get; init; }

    /// <summary>Whether something is lost.</summary>
    public bool Lost => Findings.Any(finding => finding is { Severity: FindingSeverity.Lost, Repaired: false });

    public required IReadOnlyList<FindingRow> Findings { get; init; }

    public static DoctorReport Of(string archive, ArchiveTotals totals, IReadOnlyList<ArchiveFinding> findings) => new()
    {
        Archive = archive,
        SchemaVersion = totals.SchemaVersion,
        Sessions = totals.Sessions,
        Receipts = totals.Receipts,
        Originals = totals.Originals,
        Nodes = totals.Nodes,
        TextBytes = totals.TextBytes,
        StoredBytes = totals.StoredBytes,
        Findings = [.. findings.Select(finding => new FindingRow(finding.Severity, finding.Place, finding.Message, finding.Repaired))],
    };
}

/// <summary>Something that is wrong.</summary>
internal sealed record FindingRow(FindingSeverity Severity, string Place, string Message, bool Repaired);
