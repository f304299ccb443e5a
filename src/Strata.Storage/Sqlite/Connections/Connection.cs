using Strata.Archives;
using static SQLitePCL.raw;

namespace Strata.Storage.Sqlite.Connections;

/// <summary>
/// A connection to an archive's file, and its prepared statements. Straight on SQLite's own functions: ADO.NET's provider puts a thread to
/// sleep for 150 ms when the file is locked, and copies every blob twice. For one thread at a time.
/// </summary>
internal sealed class Connection : IDisposable
{
    private readonly SQLitePCL.sqlite3 _db;
    private readonly Dictionary<string, Statement> _statements = new(StringComparer.Ordinal);

    private Connection(SQLitePCL.sqlite3 db, string path) => (_db, Path) = (db, path);

    public string Path { get; }

    public bool IsReadOnly => sqlite3_db_readonly(_db, "main") == 1;

    public bool IsInTransaction => sqlite3_get_autocommit(_db) == 0;

    public long LastId => sqlite3_last_insert_rowid(_db);

    /// <summary>Rows that the newest statement changed.</summary>
    public int Changes => sqlite3_changes(_db);

    /// <exception cref="ArchiveException">The file cannot be opened.</exception>
    public static Connection Open(string path, OpenMode mode)
    {
        SQLitePCL.Batteries_V2.Init();
        var flags = SQLITE_OPEN_NOMUTEX | (mode == OpenMode.ReadWrite ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
        var name = path;
        if (mode == OpenMode.Immutable)
            (name, flags) = (new UriBuilder("file", "") { Path = path }.Uri.AbsoluteUri + "?immutable=1", flags | SQLITE_OPEN_URI);
        var result = sqlite3_open_v2(name, out var db, flags, null);
        if (result != SQLITE_OK)
        {
            db?.Dispose();
            throw SqliteFault.Of(result, "it cannot be opened", path);
        }

        sqlite3_extended_result_codes(db, 1);
        return new Connection(db, path);
    }

    /// <summary>How long a statement waits for a lock that another connection holds.</summary>
    public void WaitAtMost(TimeSpan time) => sqlite3_busy_timeout(_db, (int)time.TotalMilliseconds);

    /// <summary>A statement of its own or, where it is at rest, the one that was prepared before. Disposing of it gives it back.</summary>
    public Statement Use(string sql)
    {
        if (_statements.TryGetValue(sql, out var known) && known.TryUse())
            return known;
        Check(sqlite3_prepare_v2(_db, sql, out var prepared));
        var statement = new Statement(this, prepared, isKept: known is null);
        if (known is null)
            _statements.Add(sql, statement);
        return statement;
    }

    /// <summary>Runs statements that return nothing and are needed once.</summary>
    public void Execute(string sql) => Check(sqlite3_exec(_db, sql));

    /// <summary>Starts a write transaction; false when another connection is in one.</summary>
    public bool TryBeginWriting()
    {
        var result = sqlite3_exec(_db, "BEGIN IMMEDIATE");
        // Protocol: many others took and left the log at once.
        if ((result & 0xff) is SQLITE_BUSY or SQLITE_PROTOCOL)
            return false;
        Check(result);
        return true;
    }

    /// <summary>Ends a transaction that failed, if SQLite has not done so itself.</summary>
    public void Rollback()
    {
        if (IsInTransaction)
            _ = sqlite3_exec(_db, "ROLLBACK");
    }

    /// <summary>The first column of the first row.</summary>
    public long Number(string sql)
    {
        using var statement = Use(sql);
        return statement.Step() ? statement.Int64(0) : 0;
    }

    public void Check(int result)
    {
        if (result is not (SQLITE_OK or SQLITE_ROW or SQLITE_DONE))
            throw SqliteFault.Of(result, sqlite3_errmsg(_db).utf8_to_string(), Path);
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Finish();
        _statements.Clear();
        _db.Dispose();
    }
}

internal enum OpenMode
{
    ReadWrite,
    ReadOnly,

    /// <summary>Read-only, and nobody else writes: needs no lock, so the folder may be read-only too.</summary>
    Immutable,
}
