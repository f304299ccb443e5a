using Strata.Archives;
using Strata.Storage.Postgres;
using Strata.Storage.Sqlite;

namespace Strata.Cli.Archives;

/// <summary>Opens archives: files by SQLite, addresses by PostgreSQL.</summary>
internal static class ArchiveOpener
{
    // Twenty at a time on a slow disk are no reason to give up what was already worked out.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async ValueTask<IArchive> OpenAsync(ArchiveRequest request, CancellationToken cancellationToken) => request.Place.IsServer
        ? await PostgresArchive.OpenAsync(
            new PostgresArchiveOptions
            {
                ConnectionString = request.Place.Address,
                RedactSecrets = !request.KeepSecrets,
                TimeProvider = request.Time
            }, cancellationToken)
            .ConfigureAwait(false)
        : await OpenFileAsync(request, cancellationToken).ConfigureAwait(false);

    private static async ValueTask<IArchive> OpenFileAsync(ArchiveRequest request, CancellationToken cancellationToken)
    {
        var archive = await SqliteArchive.OpenAsync(
            new SqliteArchiveOptions
            {
                Path = request.Place.Address,
                RedactSecrets = !request.KeepSecrets,
                BusyTimeout = Patience,
                TimeProvider = request.Time
            }, cancellationToken).ConfigureAwait(false);
        if (!request.MayCreate || !archive.IsReadOnly)
            return archive;

        // Found now and not when models have been paid.
        await archive.DisposeAsync().ConfigureAwait(false);
        throw new ArchiveException(
            $"The archive {request.Place.Name} can be read but not written. Allow writing to it and to its folder, or name another with "
                + "--archive.", ArchiveFault.ReadOnly);
    }
}
