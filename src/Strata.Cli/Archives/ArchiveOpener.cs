using Strata.Archives;

namespace Strata.Cli.Archives;

/// <summary>Opens archives: files by SQLite, addresses by PostgreSQL.</summary>
internal static class ArchiveOpener
{
    public static ValueTask<IArchive> OpenAsync(ArchiveRequest request, CancellationToken cancellationToken) =>
        throw new NotImplementedException(request.Place.Name + cancellationToken);
}
