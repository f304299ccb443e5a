using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Strata.Archives.InMemory;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>Keeps originals as long as the process lives: for tests, and where nothing may be written to a disk.</summary>
public sealed class InMemoryArchive : IArchive, IArchiveMaintenance
{
    private readonly ConcurrentDictionary<string, TenantStore> _tenants;
    private readonly ArchiveCodec _codec;
    private readonly TimeProvider _time;
    private readonly TenantStore _store;

    /// <param name="redactSecrets">Whether placeholders take the places of secrets.</param>
    /// <param name="time">Null: the system's clock.</param>
    public InMemoryArchive(bool redactSecrets = true, TimeProvider? time = null)
        : this("", [], new ArchiveCodec(redactSecrets), time ?? TimeProvider.System)
    {
    }

    private InMemoryArchive(string tenant, ConcurrentDictionary<string, TenantStore> tenants, ArchiveCodec codec, TimeProvider time)
    {
        _tenants = tenants;
        _codec = codec;
        _time = time;
        _store = tenants.GetOrAdd(tenant, static (_, own) => new TenantStore(own.codec, own.time), (codec, time));
    }

    /// <summary>The same archive as another tenant sees it; the constructor's own is the one with the empty name.</summary>
    public InMemoryArchive ForTenant(string tenant)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new InMemoryArchive(tenant, _tenants, _codec, _time);
    }

    public ValueTask<IStagedOriginals> StageAsync(IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var unknown = _store.Do(store => store.Unknown(messages), cancellationToken);
        var encoded = new StagedOriginals();
        foreach (var message in unknown)
        {
            cancellationToken.ThrowIfCancellationRequested();
            encoded.Add(message, _codec);
        }

        return ValueTask.FromResult<IStagedOriginals>(encoded);
    }

    public ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compaction);
        SessionId.Check(compaction.SessionId);
        compaction = _codec.Redact(compaction);
        var staged = compaction.Staged as StagedOriginals ?? new StagedOriginals();
        foreach (var message in _store.Do(
            store => store.Unknown([.. compaction.Before,
                .. compaction.After.Where(made => made.Message is not null)
                    .Select(made => new ArchivedMessage(made.Fingerprint, made.Message!))]), cancellationToken))
            staged.Add(message, _codec);
        return Do(store => store.Commit(compaction, staged), cancellationToken);
    }

    public ValueTask<long> AppendAsync(
        string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId = null, CancellationToken cancellationToken = default)
    {
        SessionId.Check(sessionId);
        ArgumentNullException.ThrowIfNull(messages);
        var staged = new StagedOriginals();
        foreach (var message in _store.Do(store => store.Unknown(messages), cancellationToken))
            staged.Add(message, _codec);
        return Get(store => store.Append(sessionId, messages, appendId, staged), cancellationToken);
    }

    public ValueTask<IReadOnlyList<ChatMessage>> ReadLogAsync(
        string sessionId, long from = 0, int? count = null, CancellationToken cancellationToken = default) =>
        Get(store => store.ReadLog(sessionId, from, count), cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedSession>> ListSessionsAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        Get(store => store.ListSessions(limit), cancellationToken);

    public ValueTask<ArchivedSession?> FindSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        Get(store => store.FindSession(sessionId), cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedReceipt>> ListReceiptsAsync(
        string? sessionId = null, int limit = 100, CancellationToken cancellationToken = default) =>
        Get(store => store.ListReceipts(sessionId, limit), cancellationToken);

    public ValueTask<ArchivedReceipt?> FindReceiptAsync(string receiptId, CancellationToken cancellationToken = default) =>
        Get(store => store.FindReceipt(receiptId), cancellationToken);

    public ValueTask<ArchivedReceipt?> FindReceiptAsync(
        ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default) =>
        Get(store => store.FindReceipt(key, keys), cancellationToken);

    public ValueTask MarkUndoneAsync(IReadOnlyList<string> receiptIds, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Do(store => store.MarkUndone(receiptIds, at), cancellationToken);

    public ValueTask<IReadOnlyList<HandlePlace>> FindHandleAsync(Handle handle, CancellationToken cancellationToken = default) =>
        Get(store => store.FindHandle(handle), cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedOriginal?>> ReadAsync(
        IReadOnlyList<Fingerprint> fingerprints, CancellationToken cancellationToken = default) =>
        Get(store => store.Read(fingerprints), cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedOriginal>> FindOriginalsAsync(Handle message, CancellationToken cancellationToken = default) =>
        Get(store => store.FindOriginals(message), cancellationToken);

    public ValueTask<ArchivedDocument?> ReadDocumentAsync(string receiptId, CancellationToken cancellationToken = default) =>
        Get(store => store.ReadDocument(receiptId), cancellationToken);

    public ValueTask<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(string sessionId, CancellationToken cancellationToken = default) =>
        Get(store => store.ReadLedger(sessionId), cancellationToken);

    public ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Get(store => store.Search(query), cancellationToken);
    }

    public ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        Get(store => store.Nodes.GetValueOrDefault(key), cancellationToken);

    public ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        node = _codec.Redact(node);
        return Get(store => store.Nodes.TryAdd(node.Key, node) ? node : store.Nodes[node.Key], cancellationToken);
    }

    public ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default) =>
        Get(store => store.Calibrations.GetValueOrDefault(model), cancellationToken);

    public ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return Do(store => store.Calibrations[calibration.Model] = calibration, cancellationToken);
    }

    public ValueTask<ArchiveTotals> GetTotalsAsync(CancellationToken cancellationToken = default) =>
        Get(store => store.Totals(), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>There is nothing that could be damaged.</remarks>
    public ValueTask<IReadOnlyList<ArchiveFinding>> CheckAsync(bool repair = false, CancellationToken cancellationToken = default) =>
        Get<IReadOnlyList<ArchiveFinding>>(_ => [], cancellationToken);

    public ValueTask<RetentionResult> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return Get(store => store.Prune(policy), cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ValueTask<T> Get<T>(Func<TenantStore, T> read, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_store.Do(read, cancellationToken));

    private ValueTask Do(Action<TenantStore> write, CancellationToken cancellationToken)
    {
        _store.Do(
            store =>
            {
                write(store);
                return true;
            },
            cancellationToken);
        return ValueTask.CompletedTask;
    }
}
