using Strata.Archives;
using Strata.Settings;
using Strata.Storage.Postgres;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Sqlite;

namespace Strata.Hosting.Archives;

internal enum ArchiveKind
{
    File,
    Postgres,
    Memory,
    None,
}

/// <summary>Where an archive is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The path or the connection string; null: the usual file.</param>
internal sealed record ArchiveLocation(ArchiveKind Kind, string? Text)
{
    /// <exception cref="ArgumentException">The text means no archive. The message does not repeat it: a password may stand in
    /// it.</exception>
    public static ArchiveLocation Parse(string? text) => text?.Trim() switch
    {
        null or "" => new(ArchiveKind.File, null),
        var word when string.Equals(word, "none", StringComparison.OrdinalIgnoreCase) => new(ArchiveKind.None, null),
        var word when string.Equals(word, "memory", StringComparison.OrdinalIgnoreCase) => new(ArchiveKind.Memory, null),
        var server when IsServer(server) => new(ArchiveKind.Postgres, CheckedServer(server)),
        var path => new(ArchiveKind.File, CheckedPath(path)),
    };

    public async ValueTask<IArchive> OpenAsync(StrataSettings settings, TimeProvider time, CancellationToken cancellationToken) =>
        Kind switch
        {
            ArchiveKind.Memory when settings.Tenant is { } tenant =>
                new InMemoryArchive(settings.RedactSecrets ?? true, time).ForTenant(tenant),
            ArchiveKind.Memory => new InMemoryArchive(settings.RedactSecrets ?? true, time),
            ArchiveKind.Postgres => await PostgresArchive.OpenAsync(Postgres(settings, time), cancellationToken).ConfigureAwait(false),
            _ => await OpenFileAsync(Sqlite(settings, time), cancellationToken).ConfigureAwait(false),
        };

    private static async ValueTask<IArchive> OpenFileAsync(SqliteArchiveOptions options, CancellationToken cancellationToken)
    {
        var archive = await SqliteArchive.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        if (!archive.IsReadOnly)
            return archive;

        // Found when the host starts and not by every compaction.
        await archive.DisposeAsync().ConfigureAwait(false);
        throw new ArchiveException(
            $"the file {options.Path ?? SqliteArchiveOptions.DefaultPath} can be read but not written. Allow writing to it and to its "
                + "folder, or name another.", ArchiveFault.ReadOnly);
    }

    private PostgresArchiveOptions Postgres(StrataSettings settings, TimeProvider time)
    {
        var made = new PostgresArchiveOptions
        {
            ConnectionString = Text,
            RedactSecrets = settings.RedactSecrets ?? true,
            TimeProvider = time
        };
        return settings.Tenant is { } tenant ? made with { Tenant = tenant } : made;
    }

    private SqliteArchiveOptions Sqlite(StrataSettings settings, TimeProvider time)
    {
        var made = new SqliteArchiveOptions { Path = Text, RedactSecrets = settings.RedactSecrets ?? true, TimeProvider = time };
        return settings.Tenant is { } tenant ? made with { Tenant = tenant } : made;
    }

    private static bool IsServer(string text) =>
        text.Contains("://", StringComparison.Ordinal) || text.Contains("Host=", StringComparison.OrdinalIgnoreCase)
            || text.Contains("Server=", StringComparison.OrdinalIgnoreCase);

    private static string CheckedServer(string text)
    {
        ConnectionStrings.Parse(text);
        return text;
    }

    private static string CheckedPath(string path) => Path.EndsInDirectorySeparator(path) || Directory.Exists(path)
        ? throw new ArgumentException($"{path} is a folder. Name a file in it.")
        : path;
}
