namespace Strata.Cli.Reports;

/// <summary>What <c>strata prune</c> removed, or would.</summary>
/// <param name="Archive">From where.</param>
/// <param name="DryRun">Whether nothing was removed.</param>
/// <param name="Sessions">Ids of the sessions, with their receipts.</param>
/// <param name="Originals">Originals that no other session holds.</param>
/// <param name="BytesFreed">Bytes on disk.</param>
internal sealed record PruneReport(string Archive, bool DryRun, IReadOnlyList<string> Sessions, long Originals, long BytesFreed);
