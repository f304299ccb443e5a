namespace Strata.Archives;

/// <summary>What an operator does to an archive. Nothing of it happens unasked.</summary>
public interface IArchiveMaintenance
{
    ValueTask<ArchiveTotals> GetTotalsAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads everything and compares it with its checksums and references.</summary>
    /// <param name="repair">Mends what can be mended without losing an original; each finding says whether it was.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    ValueTask<IReadOnlyList<ArchiveFinding>> CheckAsync(bool repair = false, CancellationToken cancellationToken = default);

    /// <summary>Removes whole sessions, the longest unused first, as <paramref name="policy"/> asks.</summary>
    /// <returns>What was removed, or with <see cref="RetentionPolicy.DryRun"/> would be.</returns>
    ValueTask<RetentionResult> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken = default);
}

/// <summary>How much an archive holds, of this tenant.</summary>
/// <param name="Sessions">Sessions.</param>
/// <param name="Receipts">Receipts, undone ones included.</param>
/// <param name="Originals">Distinct messages.</param>
/// <param name="Nodes">Summary nodes.</param>
/// <param name="TextBytes">Bytes of the originals as JSON, uncompressed.</param>
/// <param name="StoredBytes">Bytes on disk, indexes included; of all tenants where they share a file. Null where nothing is on a
/// disk.</param>
/// <param name="SchemaVersion">Version of the layout.</param>
public sealed record ArchiveTotals(
    long Sessions, long Receipts, long Originals, long Nodes, long TextBytes, long? StoredBytes, int SchemaVersion);

/// <summary>Something that is wrong in an archive.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Place">Where: a table and row, a receipt, a block.</param>
/// <param name="Message">What is wrong, and the way out.</param>
/// <param name="Repaired">Whether it was mended.</param>
public sealed record ArchiveFinding(FindingSeverity Severity, string Place, string Message, bool Repaired = false);

/// <summary>How bad a finding is.</summary>
public enum FindingSeverity
{
    /// <summary>Nothing is lost: an index that lags, a file that could be smaller.</summary>
    Notice,

    /// <summary>An original or a receipt cannot be read.</summary>
    Lost,
}

/// <summary>What may be removed. Nothing by default.</summary>
public sealed record RetentionPolicy
{
    /// <value>Sessions unused for longer are removed; null: age does not matter.</value>
    public TimeSpan? MaxAge { get; init; }

    /// <value>Sessions are removed until the archive's file has at most this many bytes; null: size does not matter.</value>
    public long? MaxBytes { get; init; }

    /// <value>Says what would be removed and removes nothing.</value>
    public bool DryRun { get; init; }
}

/// <summary>What retention removed.</summary>
/// <param name="Sessions">Ids of the sessions that went, with their receipts.</param>
/// <param name="Originals">Originals that no other session holds.</param>
/// <param name="BytesFreed">Bytes on disk.</param>
public sealed record RetentionResult(IReadOnlyList<string> Sessions, long Originals, long BytesFreed);
