namespace Strata.Cli.Archives;

/// <summary>How an archive is to be opened.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Time">Dates what is kept.</param>
/// <param name="MayCreate">Whether it may come into being now; false: one that is not there is an error.</param>
/// <param name="KeepSecrets">Whether secrets are archived as they are.</param>
internal sealed record ArchiveRequest(ArchivePlace Place, TimeProvider Time, bool MayCreate = false, bool KeepSecrets = false);
