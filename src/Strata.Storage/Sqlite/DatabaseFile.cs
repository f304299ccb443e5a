using System.Diagnostics;
using System.Runtime.Versioning;
using Strata.Archives;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;

namespace Strata.Storage.Sqlite;

/// <summary>Finds, makes and opens an archive's file.</summary>
internal static class DatabaseFile
{
    // A reader meets a lock only while another process repairs the log after a crash.
    private static readonly TimeSpan ReaderWait = TimeSpan.FromSeconds(5);

    // In milliseconds: what giving a file its log takes.
    private const int LongestPause = 10;

    /// <exception cref="ArchiveException">There is no archive, or it cannot be made or opened.</exception>
    public static async ValueTask<Database> OpenAsync(SqliteArchiveOptions options, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(options.Path ?? SqliteArchiveOptions.DefaultPath);
        if (Directory.Exists(path))
            throw new ArchiveException($"{path} is a folder, not an archive. Name a file in it.", ArchiveFault.NotAnArchive);
        if (options.ReadOnly && !File.Exists(path))
            throw new ArchiveException(
                $"There is no archive at {path}. The first compaction makes it; --archive names another one.", ArchiveFault.NotAnArchive);
        if (!options.ReadOnly && !File.Exists(path))
            Create(path);
        return !options.ReadOnly && await OpenWritableAsync(path, options, cancellationToken).ConfigureAwait(false) is { } writable
            ? writable : OpenReadOnly(path, options);
    }

    /// <summary>What every connection needs.</summary>
    public static void SetUp(Connection db)
    {
        db.WaitAtMost(ReaderWait);
        db.Execute("PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000");
    }

    private static async ValueTask<Database?> OpenWritableAsync(
        string path, SqliteArchiveOptions options, CancellationToken cancellationToken)
    {
        var db = Connection.Open(path, OpenMode.ReadWrite);
        try
        {
            if (db.IsReadOnly)
            {
                db.Dispose();
                return null;
            }

            db.WaitAtMost(options.BusyTimeout);
            await SetUpWriterAsync(db, options, cancellationToken).ConfigureAwait(false);
            db.WaitAtMost(TimeSpan.Zero);
            var database = new Database(db, OpenMode.ReadWrite, options.BusyTimeout);
            if (!SchemaVersions.IsNewest(db))
            {
                await database.WriteAsync(
                    static db =>
                    {
                        SchemaVersions.Upgrade(db);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
            }

            return database;
        }
        catch (ArchiveException e) when (e.Fault == ArchiveFault.ReadOnly)
        {
            db.Dispose();
            return null;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    // SQLite does not wait where it fears a deadlock, as when several processes give a new file its log at the same moment.
    private static async ValueTask SetUpWriterAsync(Connection db, SqliteArchiveOptions options, CancellationToken cancellationToken)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                SetUpWriter(db, options.Durability);
                return;
            }
            catch (ArchiveException e) when (e.Fault == ArchiveFault.Busy && Stopwatch.GetElapsedTime(began) < options.BusyTimeout)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, LongestPause)), TimeProvider.System, cancellationToken)
                    .ConfigureAwait(false);
            }
        }
    }

    private static void SetUpWriter(Connection db, Durability durability)
    {
        // Takes effect only while the file is empty, before anything else is written.
        db.Execute("PRAGMA auto_vacuum = INCREMENTAL");
        SchemaVersions.IsNewest(db);
        db.Execute("PRAGMA journal_mode = WAL");
        db.Execute(durability == Durability.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");

        // The log keeps its size after a long write; without a limit for ever.
        db.Execute(
            "PRAGMA journal_size_limit = 16777216; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000");
    }

    // In a folder that cannot be written SQLite cannot share the file with writers; where nobody left a log behind there is none either.
    private static Database OpenReadOnly(string path, SqliteArchiveOptions options)
    {
        foreach (var mode in (ReadOnlySpan<OpenMode>)[OpenMode.ReadOnly, OpenMode.Immutable])
        {
            var db = Connection.Open(path, mode);
            try
            {
                SetUp(db);
                if (!SchemaVersions.IsNewest(db))
                {
                    throw new ArchiveException(
                        $"{path} was written by an older version, or is empty, and cannot be written. Open it once where it can be, or "
                            + "copy it there.", ArchiveFault.ReadOnly);
                }

                return new Database(db, mode, options.BusyTimeout);
            }
            catch (ArchiveException e)
                when (mode == OpenMode.ReadOnly && e.Fault is ArchiveFault.Failed or ArchiveFault.ReadOnly
                    && new FileInfo(path + "-wal") is not { Exists: true, Length: > 0 })
            {
                db.Dispose();
            }
            catch
            {
                db.Dispose();
                throw;
            }
        }

        throw SqliteFault.ReadOnly(path);
    }

    private static void Create(string path)
    {
        try
        {
            var folder = Path.GetDirectoryName(path)!;
            if (OperatingSystem.IsWindows())
                CreateOnWindows(folder, path);
            else
                CreateOnUnix(folder, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArchiveException(
                $"The archive {path} cannot be made: {e.Message} Name another file with --archive, or allow writing to its folder.",
                e is UnauthorizedAccessException ? ArchiveFault.ReadOnly : ArchiveFault.Failed, e);
        }
    }

    private static void CreateOnWindows(string folder, string path)
    {
        Directory.CreateDirectory(folder);
        File.Open(path, FileMode.CreateNew).Dispose();
    }

    // Conversations are nobody else's business. SQLite gives its other files the rights of this one.
    [UnsupportedOSPlatform("windows")]
    private static void CreateOnUnix(string folder, string path)
    {
        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }).Dispose();
    }
}
