namespace Strata.Diagnostics;

/// <summary>What <see cref="CompactionMetrics"/> had counted at one moment.</summary>
/// <param name="Rows">One for each purpose and model, in the order of purposes, then models.</param>
public sealed record CompactionMetricsSnapshot(IReadOnlyList<CompactionTotals> Rows)
{
    public CompactionTotals Total => CompactionTotals.Sum(Rows);

    /// <value>One for each purpose (<c>level-1</c> …) over all models.</value>
    public IReadOnlyList<CompactionTotals> ByPurpose =>
        [.. Rows.GroupBy(row => row.Purpose, StringComparer.Ordinal).Select(rows => CompactionTotals.Sum(rows, purpose: rows.Key))];

    /// <value>One for each model over all purposes.</value>
    public IReadOnlyList<CompactionTotals> ByModel =>
        [.. Rows.GroupBy(row => row.Model, StringComparer.Ordinal).OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .Select(rows => CompactionTotals.Sum(rows, model: rows.Key))];
}
