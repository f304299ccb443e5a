namespace Strata.Storage.Sqlite.Schema;

/// <summary>The first layout. Times are ticks of 100 ns since the year 1, UTC.</summary>
internal static class Version1
{
    public const string Sql = """
        -- indexed: originals with ids up to it are in the full-text index, the table terms_ID.
        -- prunes: counts removals, so that ids which were looked up before one are not trusted after it.
        CREATE TABLE tenants (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            indexed INTEGER NOT NULL DEFAULT 0,
            prunes INTEGER NOT NULL DEFAULT 0);

        -- Compressed texts of originals and of pieces of session files.
        CREATE TABLE blocks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant INTEGER NOT NULL,
            length INTEGER NOT NULL,
            bytes BLOB NOT NULL);

        -- session: the one that owns it; others that hold it are in shared. made: 1 where a compaction wrote it.
        -- A message's handle is the first 60 bits of its fingerprint: the index finds it.
        CREATE TABLE originals (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant INTEGER NOT NULL,
            fingerprint BLOB NOT NULL,
            block INTEGER NOT NULL,
            start INTEGER NOT NULL,
            length INTEGER NOT NULL,
            checksum INTEGER NOT NULL,
            secrets INTEGER NOT NULL,
            made INTEGER NOT NULL,
            session INTEGER NOT NULL,
            at INTEGER NOT NULL);
        CREATE UNIQUE INDEX originals_fingerprint ON originals (tenant, fingerprint);

        -- changed: numbers the tenant's writes, so that what changed last is known where clocks cannot tell.
        CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant INTEGER NOT NULL,
            session TEXT NOT NULL,
            name TEXT,
            agent TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            changed INTEGER NOT NULL,
            log_count INTEGER NOT NULL DEFAULT 0,
            ledger BLOB);
        CREATE UNIQUE INDEX sessions_session ON sessions (tenant, session);
        CREATE INDEX sessions_changed ON sessions (tenant, changed);

        -- Ids of the originals that a session owns.
        CREATE TABLE spans (
            session INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (session, first)) WITHOUT ROWID;

        -- Originals that a session holds and another one owns.
        CREATE TABLE shared (
            original INTEGER NOT NULL,
            session INTEGER NOT NULL,
            PRIMARY KEY (original, session)) WITHOUT ROWID;
        CREATE INDEX shared_session ON shared (session);

        CREATE TABLE log (
            session INTEGER NOT NULL,
            position INTEGER NOT NULL,
            original INTEGER NOT NULL,
            PRIMARY KEY (session, position)) WITHOUT ROWID;
        CREATE TABLE appends (
            session INTEGER NOT NULL,
            name TEXT NOT NULL,
            position INTEGER NOT NULL,
            PRIMARY KEY (session, name)) WITHOUT ROWID;

        CREATE TABLE receipts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant INTEGER NOT NULL,
            receipt TEXT NOT NULL,
            session INTEGER NOT NULL,
            at INTEGER NOT NULL,
            undone_at INTEGER,
            source BLOB NOT NULL,
            result BLOB NOT NULL,
            history BLOB NOT NULL,
            history_count INTEGER NOT NULL,
            freed INTEGER NOT NULL,
            secrets INTEGER NOT NULL,
            document INTEGER,
            layout BLOB NOT NULL,
            body BLOB NOT NULL);
        CREATE UNIQUE INDEX receipts_receipt ON receipts (tenant, receipt);
        CREATE INDEX receipts_source ON receipts (tenant, source);
        CREATE INDEX receipts_result ON receipts (tenant, result);
        CREATE INDEX receipts_history ON receipts (tenant, history);
        CREATE INDEX receipts_session ON receipts (session);

        CREATE TABLE handles (
            handle INTEGER NOT NULL,
            receipt INTEGER NOT NULL,
            number INTEGER NOT NULL,
            content INTEGER NOT NULL,
            positions BLOB NOT NULL,
            PRIMARY KEY (handle, receipt, number)) WITHOUT ROWID;

        CREATE TABLE pieces (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            tenant INTEGER NOT NULL,
            fingerprint BLOB NOT NULL,
            block INTEGER NOT NULL,
            start INTEGER NOT NULL,
            length INTEGER NOT NULL,
            checksum INTEGER NOT NULL);
        CREATE UNIQUE INDEX pieces_fingerprint ON pieces (tenant, fingerprint);
        CREATE TABLE documents (
            id INTEGER PRIMARY KEY,
            format TEXT NOT NULL,
            name TEXT,
            length INTEGER NOT NULL,
            pieces BLOB NOT NULL);

        CREATE TABLE nodes (
            tenant INTEGER NOT NULL,
            name TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (tenant, name)) WITHOUT ROWID;
        CREATE TABLE claims (
            tenant INTEGER NOT NULL,
            name TEXT NOT NULL,
            owner TEXT NOT NULL,
            until INTEGER NOT NULL,
            PRIMARY KEY (tenant, name)) WITHOUT ROWID;
        CREATE TABLE calibrations (
            tenant INTEGER NOT NULL,
            model TEXT NOT NULL,
            ratio REAL NOT NULL,
            error_band REAL NOT NULL,
            samples INTEGER NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY (tenant, model)) WITHOUT ROWID;
        """;
}
