using Strata.Archives;
using static SQLitePCL.raw;

namespace Strata.Storage.Sqlite.Connections;

/// <summary>What SQLite reports, in the words of an archive: the place and the way out.</summary>
internal static class SqliteFault
{
    public static ArchiveException Of(int result, string message, string path) => (result & 0xff) switch
    {
        SQLITE_NOTADB => new($"{path} is not an archive: it is no SQLite database. Name another file with --archive, or move this one away "
            + "and a new one is made.", ArchiveFault.NotAnArchive),
        SQLITE_CORRUPT => Damaged(path, message),
        SQLITE_READONLY or SQLITE_PERM =>
            new($"{path} can be read but not written ({message}). Allow writing to it and to its folder, or name another archive.",
                ArchiveFault.ReadOnly),
        SQLITE_FULL =>
            new($"There is no room left for {path}: the disk or the quota is full. Nothing of this call was kept; make room and repeat it.",
                ArchiveFault.Full),
        SQLITE_BUSY or SQLITE_LOCKED or SQLITE_PROTOCOL => Busy(path),
        SQLITE_CANTOPEN =>
            new($"{path} cannot be opened ({message}). Check that its folder exists and may be entered and written.", ArchiveFault.Failed),
        SQLITE_AUTH => new($"{path}: access was refused ({message}).", ArchiveFault.Denied),
        _ => new($"{path}: {message} (SQLite {result}). Nothing of this call was kept.", ArchiveFault.Failed),
    };

    public static ArchiveException Busy(string path) =>
        new($"Another process has been writing to {path} for longer than the wait allows. Repeat the call, or allow a longer wait "
            + "(BusyTimeout).", ArchiveFault.Busy);

    public static ArchiveException Damaged(string path, string what, Exception? cause = null) =>
        new($"{path} is damaged: {what}. `strata doctor` says what can still be read; where it cannot open the file either, restore it "
            + "from a backup.", ArchiveFault.NotAnArchive, cause);

    public static ArchiveException ReadOnly(string path) =>
        new($"{path} can be read but not written. Allow writing to it and to its folder, or name another archive.", ArchiveFault.ReadOnly);
}
