using Microsoft.Extensions.AI;
using Npgsql;
using Strata.Archives;
using Strata.Ladder;
using Strata.Storage.Indexing;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Maintenance;
using Strata.Storage.Postgres.Schema;
using Strata.Storage.Postgres.Search;
using Strata.Storage.Postgres.Staging;
using Strata.Storage.Postgres.Tables;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Storage.Postgres;

/// <summary>An archive on a PostgreSQL server, for many machines at once.</summary>
public sealed class PostgresArchive : IArchive, IArchiveMaintenance
{
    // Blocks that are indexed in about a second.
    private const int MostAtTheEnd = 24;

    private readonly NpgsqlDataSource? _owned;
    private readonly Stager _stager;
    private readonly Originals _originals;
    private readonly Sessions _sessions;
    private readonly Receipts _receipts;
    private readonly Documents _documents;
    private readonly ArchiveCodec _codec;
    private readonly Commits _commits;
    private readonly Logs _logs;
    private readonly Nodes _nodes;
    private readonly TermSearch _search;
    private readonly IndexSchedule _schedule;
    private readonly ClaimTable _claims;
    private readonly Doctor _doctor;
    private readonly Retention _retention;

    private PostgresArchive(Database database, PostgresArchiveOptions options, NpgsqlDataSource? owned)
    {
        _codec = new ArchiveCodec(options.RedactSecrets);
        _owned = owned;
        _originals = new Originals(database);
        _stager = new Stager(database, _codec, _originals);
        _sessions = new Sessions(database);
        _receipts = new Receipts(database);
        _documents = new Documents(database, options.RedactSecrets);
        _commits = new Commits(database, _stager, _originals, _sessions, _receipts, _documents, options.TimeProvider);
        _logs = new Logs(database, _stager, _originals, options.TimeProvider);
        _nodes = new Nodes(database);
        var index = new TermIndex(database);
        _search = new TermSearch(database, index);
        _schedule = new IndexSchedule(index.CatchUpAsync, MostAtTheEnd, options.TimeProvider);
        _claims = new ClaimTable(database, options.TimeProvider);
        _doctor = new Doctor(database);
        _retention = new Retention(database, index, options.TimeProvider);
    }

    /// <summary>Connects, and creates the schema where it is not there and the role may.</summary>
    /// <exception cref="ArgumentException">The options cannot be used; the message names which.</exception>
    /// <exception cref="ArchiveException">The server cannot be reached or refuses, or the schema is no archive's or of a newer
    /// version.</exception>
    public static async ValueTask<PostgresArchive> OpenAsync(PostgresArchiveOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (source, address) = PostgresServer.Connect(options);
        var owned = options.DataSource is null ? source : null;
        try
        {
            var database = new Database(source, options, new ServerErrors(address, options.Schema));
            await new SchemaSetup(database, options).EnsureAsync(cancellationToken).ConfigureAwait(false);
            return new PostgresArchive(database, options, owned);
        }
        catch when (owned is not null)
        {
            await owned.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask<IStagedOriginals> StageAsync(
        IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await _stager.StageAsync(messages, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compaction);
        Sessions.CheckId(compaction.SessionId, nameof(compaction));
        await _commits.CommitAsync(_codec.Redact(compaction), cancellationToken).ConfigureAwait(false);
        _schedule.Note();
    }

    public async ValueTask<long> AppendAsync(
        string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId = null, CancellationToken cancellationToken = default)
    {
        Sessions.CheckId(sessionId, nameof(sessionId));
        ArgumentNullException.ThrowIfNull(messages);
        var position = await _logs.AppendAsync(sessionId, messages, appendId, cancellationToken).ConfigureAwait(false);
        _schedule.Note();
        return position;
    }

    public async ValueTask<IReadOnlyList<ChatMessage>> ReadLogAsync(
        string sessionId, long from = 0, int? count = null, CancellationToken cancellationToken = default) =>
        await _logs.ReadAsync(sessionId, from, count, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchivedSession>> ListSessionsAsync(
        int limit = 100, CancellationToken cancellationToken = default) =>
        await _sessions.ListAsync(limit, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ArchivedSession?> FindSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await _sessions.FindAsync(sessionId, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchivedReceipt>> ListReceiptsAsync(
        string? sessionId = null, int limit = 100, CancellationToken cancellationToken = default) =>
        await _receipts.ListAsync(sessionId, limit, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ArchivedReceipt?> FindReceiptAsync(string receiptId, CancellationToken cancellationToken = default) =>
        await _receipts.FindAsync(receiptId, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ArchivedReceipt?> FindReceiptAsync(
        ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return await _receipts.FindAsync(key, keys, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask MarkUndoneAsync(
        IReadOnlyList<string> receiptIds, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receiptIds);
        await _receipts.MarkUndoneAsync(receiptIds, at, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<HandlePlace>> FindHandleAsync(Handle handle, CancellationToken cancellationToken = default) =>
        await _receipts.FindPlacesAsync(handle, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchivedOriginal?>> ReadAsync(
        IReadOnlyList<Fingerprint> fingerprints, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fingerprints);
        return await _originals.ReadAsync(fingerprints, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<ArchivedOriginal>> FindOriginalsAsync(
        Handle message, CancellationToken cancellationToken = default) =>
        await _originals.FindAsync(message, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ArchivedDocument?> ReadDocumentAsync(string receiptId, CancellationToken cancellationToken = default) =>
        await _documents.ReadAsync(receiptId, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await _sessions.ReadLedgerAsync(sessionId, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return await _search.FindAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        await _nodes.FindAsync(key, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        return await _nodes.AddAsync(_codec.Redact(node), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>A claim ends with its process, or with its connection to the server.</remarks>
    public async ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken = default) =>
        await _claims.ClaimAsync(key, cancellationToken).ConfigureAwait(false);

    public async ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default) =>
        await _nodes.FindCalibrationAsync(model, cancellationToken).ConfigureAwait(false);

    public async ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        await _nodes.SaveAsync(calibration, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<ArchiveTotals> GetTotalsAsync(CancellationToken cancellationToken = default) =>
        await _doctor.CountAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ArchiveFinding>> CheckAsync(bool repair = false, CancellationToken cancellationToken = default) =>
        await _doctor.CheckAsync(repair, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <remarks>The server gives disk space back when it vacuums the tables, which by default it does by itself.</remarks>
    public async ValueTask<RetentionResult> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return await _retention.PruneAsync(policy, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Indexes what is still to be indexed, as far as it takes no longer than about a second, and closes its connections.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        await _schedule.DisposeAsync().ConfigureAwait(false);
        await _claims.DisposeAsync().ConfigureAwait(false);
        if (_owned is not null)
            await _owned.DisposeAsync().ConfigureAwait(false);
    }
}
