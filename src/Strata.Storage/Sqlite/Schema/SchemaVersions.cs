using System.Globalization;
using Strata.Archives;
using Strata.Storage.Sqlite.Connections;

namespace Strata.Storage.Sqlite.Schema;

/// <summary>
/// Brings a file of any released version to the newest layout. One file here per version; a released one is never changed.
/// </summary>
internal static class SchemaVersions
{
    // "Stra": tells an archive from other applications' databases.
    private const long ApplicationId = 0x53747261;

    private static readonly string[] Steps = [Version1.Sql];

    public static int Newest => Steps.Length;

    /// <summary>Whether the file is an archive of the newest version; false when it is empty or older.</summary>
    /// <exception cref="ArchiveException">It is something else, or newer.</exception>
    public static bool IsNewest(Connection db)
    {
        var (application, version, tables) = Read(db);
        if (application != ApplicationId && (application != 0 || version != 0 || tables != 0))
        {
            throw new ArchiveException(
                $"{db.Path} is not an archive: it is a database of another application. Name another file with --archive.",
                ArchiveFault.NotAnArchive);
        }

        return version <= Newest ? application == ApplicationId && version == Newest : throw new ArchiveException(
            string.Create(CultureInfo.InvariantCulture, $"{db.Path} was written by a newer version: its layout has version {version}, this "
                + $"program knows versions up to {Newest}. Update Strata, or name another file with --archive."),
            ArchiveFault.NewerVersion);
    }

    /// <summary>Within a write transaction.</summary>
    public static void Upgrade(Connection db)
    {
        if (IsNewest(db))
            return;
        for (var version = (int)db.Number("PRAGMA user_version"); version < Newest; version++)
            db.Execute(Steps[version]);
        db.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Newest}"));
    }

    // In one snapshot: another process may be making the tables of a new file at this moment.
    private static (long Application, long Version, long Tables) Read(Connection db)
    {
        var isAlone = !db.IsInTransaction;
        if (isAlone)
            db.Execute("BEGIN");
        try
        {
            var tables = db.Number("SELECT count(*) FROM sqlite_master");
            return (db.Number("PRAGMA application_id"), db.Number("PRAGMA user_version"), tables);
        }
        finally
        {
            if (isAlone)
                db.Rollback();
        }
    }
}
