using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Ladder;
using Strata.Storage.Indexing;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Sqlite.Search;
using Strata.Storage.Sqlite.Staging;
using Strata.Storage.Sqlite.Tables;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite;

/// <summary>Keeps everything in one SQLite file: the archive of one machine, for any number of processes.</summary>
public sealed partial class SqliteArchive : IArchive, IArchiveMaintenance
{
    // Originals that are indexed in about a second.
    private const int MostAtTheEnd = 5_000;

    private readonly Database _database;
    private readonly SqliteArchiveOptions _options;
    private readonly long _tenant;
    private readonly Stager _stager;
    private readonly TermIndexer _indexer;
    private readonly IndexSchedule _schedule;

    private SqliteArchive(Database database, SqliteArchiveOptions options, long tenant)
    {
        _database = database;
        _options = options;
        _tenant = tenant;
        Codec = new ArchiveCodec(options.RedactSecrets);
        _stager = new Stager(database, tenant, Codec);
        _indexer = new TermIndexer(database, tenant);
        _schedule = new IndexSchedule(_indexer.CatchUpAsync, MostAtTheEnd, options.TimeProvider);
    }

    /// <summary>The file, in full.</summary>
    public string Path => _database.Path;

    /// <summary>Whether it can only be read: everything that writes throws.</summary>
    public bool IsReadOnly => _database.IsReadOnly;

    private ArchiveCodec Codec { get; }

    /// <summary>The file, for tests that fill it, look at its settings or damage it.</summary>
    internal Database Database => _database;

    /// <summary>Opens the file, which is made on first use.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="cancellationToken">Ends the wait for other processes.</param>
    /// <exception cref="ArchiveException">It is no archive, from a newer version, damaged, or cannot be made: the message names the file
    /// and the way out.</exception>
    public static async ValueTask<SqliteArchive> OpenAsync(
        SqliteArchiveOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new SqliteArchiveOptions();
        ArgumentException.ThrowIfNullOrEmpty(options.Tenant);
        var database = await DatabaseFile.OpenAsync(options, cancellationToken).ConfigureAwait(false);
        try
        {
            var tenant = await database.ReadAsync(db => FindTenant(db, options.Tenant), cancellationToken).ConfigureAwait(false);
            if (tenant is null && !database.IsReadOnly)
                tenant = await database.WriteAsync(db => AddTenant(db, options.Tenant), cancellationToken).ConfigureAwait(false);
            return new SqliteArchive(database, options, tenant ?? 0);
        }
        catch
        {
            await database.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<IReadOnlyList<ChatMessage>> ReadLogAsync(
        string sessionId, long from = 0, int? count = null, CancellationToken cancellationToken = default) =>
        await ReadAsync<IReadOnlyList<ChatMessage>>(
            db =>
            {
                if (new Sessions(db, _tenant).Find(sessionId) is not { } session)
                    return [];
                var originals = new Originals(db, _tenant);
                var ids = new Log(db, session).Read(from, count);
                return [.. originals.Read([.. ids.Select(id => originals.FindRow(id)
                    ?? throw new InvalidDataException($"the original {id} is missing"))]).Select(original => original.Message)];
            },
            cancellationToken).ConfigureAwait(false);

    public ValueTask<IReadOnlyList<ArchivedSession>> ListSessionsAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Sessions(db, _tenant).List(limit), cancellationToken);

    public ValueTask<ArchivedSession?> FindSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Sessions(db, _tenant).Read(sessionId), cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedReceipt>> ListReceiptsAsync(
        string? sessionId = null, int limit = 100, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Receipts(db, _tenant).List(sessionId, limit), cancellationToken);

    public ValueTask<ArchivedReceipt?> FindReceiptAsync(string receiptId, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Receipts(db, _tenant).Find(receiptId), cancellationToken);

    public ValueTask<ArchivedReceipt?> FindReceiptAsync(
        ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Receipts(db, _tenant).Find(key, keys), cancellationToken);

    public ValueTask<IReadOnlyList<HandlePlace>> FindHandleAsync(Handle handle, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Handles(db, _tenant).Find(handle), cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedOriginal?>> ReadAsync(
        IReadOnlyList<Fingerprint> fingerprints, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fingerprints);
        return ReadAsync<IReadOnlyList<ArchivedOriginal?>>(
            db =>
            {
                var originals = new Originals(db, _tenant);
                var read = originals.Read([.. fingerprints.Distinct().Select(originals.FindRow).OfType<OriginalRow>()])
                    .ToDictionary(original => original.Fingerprint);
                return [.. fingerprints.Select(fingerprint => read.GetValueOrDefault(fingerprint))];
            },
            cancellationToken);
    }

    public ValueTask<IReadOnlyList<ArchivedOriginal>> FindOriginalsAsync(Handle message, CancellationToken cancellationToken = default) =>
        ReadAsync<IReadOnlyList<ArchivedOriginal>>(
            db =>
            {
                var originals = new Originals(db, _tenant);
                return originals.Read(originals.FindRows(message));
            },
            cancellationToken);

    public ValueTask<ArchivedDocument?> ReadDocumentAsync(string receiptId, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Documents(db, _tenant).Read(receiptId), cancellationToken);

    public ValueTask<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(string sessionId, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Sessions(db, _tenant).ReadLedger(sessionId), cancellationToken);

    public async ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (_tenant == 0)
            return [];
        if (!IsReadOnly)
            await _indexer.CatchUpAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        return await ReadAsync(db => new TermSearch(db, _tenant).Find(query), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Nodes(db, _tenant).Find(key), cancellationToken);

    public ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default) =>
        ReadAsync(db => new Nodes(db, _tenant).FindCalibration(model), cancellationToken);

    /// <summary>Indexes what is still to be indexed, as far as it takes no longer than about a second, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _schedule.DisposeAsync().ConfigureAwait(false);
        await _database.DisposeAsync().ConfigureAwait(false);
    }

    private ValueTask<T> ReadAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken) =>
        _database.ReadAsync(work, cancellationToken);

    private static long? FindTenant(Connection db, string name)
    {
        using var find = db.Use("SELECT id FROM tenants WHERE name = ?1");
        return find.Bind(1, name).Step() ? find.Int64(0) : null;
    }

    private static long AddTenant(Connection db, string name)
    {
        if (FindTenant(db, name) is { } known)
            return known;
        using (var insert = db.Use("INSERT INTO tenants (name) VALUES (?1)"))
            insert.Bind(1, name).Run();
        var tenant = db.LastId;
        db.Execute(TermTable.Create(tenant));
        return tenant;
    }
}
