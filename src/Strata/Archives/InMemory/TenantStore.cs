using Microsoft.Extensions.AI;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Archives.InMemory;

/// <summary>All that one tenant keeps. Used under its lock only.</summary>
internal sealed class TenantStore(ArchiveCodec codec, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Fingerprint, StoredOriginal> _originals = [];
    private readonly Dictionary<string, StoredSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StoredReceipt> _receipts = new(StringComparer.Ordinal);
    private readonly Dictionary<(ReceiptKey, Fingerprint), List<StoredReceipt>> _byKey = [];
    private long _changes;

    public Dictionary<string, SummaryNode> Nodes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, TokenCalibration> Calibrations { get; } = new(StringComparer.Ordinal);

    public T Do<T>(Func<TenantStore, T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
            return work(this);
    }

    public List<ArchivedMessage> Unknown(IReadOnlyList<ArchivedMessage> messages) =>
        [.. messages.Where(message => !_originals.ContainsKey(message.Fingerprint)).DistinctBy(message => message.Fingerprint)];

    public void Commit(ArchivedCompaction compaction, StagedOriginals staged)
    {
        var receipt = compaction.Receipt;
        if (_receipts.ContainsKey(receipt.Id))
            return;
        var session = Touch(compaction.SessionId);
        session.Name = compaction.SessionName ?? session.Name;
        session.AgentId = receipt.AgentId ?? session.AgentId;
        session.Ledger = compaction.Ledger;
        foreach (var message in compaction.Before)
            Keep(message.Fingerprint, staged, session, isMade: false);
        foreach (var made in compaction.After.Where(made => made.Message is not null))
            Keep(made.Fingerprint, staged, session, isMade: true);
        var secrets = 0;
        var document = compaction.Document is null ? null : codec.Redact(compaction.Document, out secrets);
        var archived = new ArchivedReceipt
        {
            Receipt = receipt,
            SessionId = compaction.SessionId,
            Before = [.. compaction.Before.Select(message => message.Fingerprint)],
            After = [.. compaction.After.Select(message => message with { Message = null })],
            History = compaction.History,
            HistoryCount = compaction.HistoryCount,
            DocumentFormat = document?.Format,
            SecretsRedacted = secrets
                + compaction.Before.Select(message => message.Fingerprint).Distinct()
                    .Sum(message => _originals[message].Encoded.SecretsRedacted),
        };
        var stored = new StoredReceipt(_changes, archived, document, compaction.Handles);
        _receipts[receipt.Id] = stored;
        session.Receipts.Add(stored);
        Index(stored);
    }

    public long Append(string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId, StagedOriginals staged)
    {
        if (appendId is not null && _sessions.GetValueOrDefault(sessionId)?.Appends.TryGetValue(appendId, out var known) == true)
            return known;
        var session = Touch(sessionId);
        var position = session.Log.Count;
        foreach (var message in messages)
        {
            Keep(message.Fingerprint, staged, session, isMade: false);
            session.Log.Add(message.Fingerprint);
        }

        if (appendId is not null)
            session.Appends[appendId] = position;
        return position;
    }

    public IReadOnlyList<ChatMessage> ReadLog(string sessionId, long from, int? count) => _sessions.TryGetValue(sessionId, out var session)
        ? [.. session.Log.Skip((int)Math.Clamp(from, 0, session.Log.Count)).Take(count ?? int.MaxValue)
            .Select(message => _originals[message].Read().Message)]
        : [];

    public IReadOnlyList<ArchivedSession> ListSessions(int limit) =>
        [.. _sessions.Values.OrderByDescending(session => session.LastChange).Take(limit).Select(Describe)];

    public ArchivedSession? FindSession(string sessionId) => _sessions.TryGetValue(sessionId, out var session) ? Describe(session) : null;

    public IReadOnlyList<ArchivedReceipt> ListReceipts(string? sessionId, int limit) =>
        [.. (sessionId is null ? _receipts.Values : _sessions.GetValueOrDefault(sessionId)?.Receipts ?? Enumerable.Empty<StoredReceipt>())
            .OrderByDescending(stored => stored.Number).Take(limit).Select(stored => stored.Receipt)];

    public ArchivedReceipt? FindReceipt(string receiptId) => _receipts.GetValueOrDefault(receiptId)?.Receipt;

    public ArchivedReceipt? FindReceipt(ReceiptKey key, IReadOnlyList<Fingerprint> keys)
    {
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            if (_byKey.TryGetValue((key, keys[i]), out var found)
                && found.FindLast(stored => stored.Receipt.UndoneAt is null) is { } newest)
                return newest.Receipt;
        }

        return null;
    }

    public void MarkUndone(IReadOnlyList<string> receiptIds, DateTimeOffset at)
    {
        foreach (var stored in receiptIds.Select(id => _receipts.GetValueOrDefault(id)).OfType<StoredReceipt>())
            stored.Receipt = stored.Receipt with { UndoneAt = stored.Receipt.UndoneAt ?? at };
    }

    public IReadOnlyList<HandlePlace> FindHandle(Handle handle) =>
    [
        .. from stored in _receipts.Values.OrderByDescending(stored => stored.Number)
           from place in stored.Handles
           where place.Handle == handle
           select new HandlePlace(stored.Receipt.Receipt.Id, stored.Receipt.SessionId, place.Positions, place.ContentIndex),
    ];

    public IReadOnlyList<ArchivedOriginal?> Read(IReadOnlyList<Fingerprint> fingerprints) =>
        [.. fingerprints.Select(fingerprint => _originals.GetValueOrDefault(fingerprint)?.Read())];

    public IReadOnlyList<ArchivedOriginal> FindOriginals(Handle message) =>
        [.. _originals.Values.Where(original => Handle.Of(original.Fingerprint) == message).Select(original => original.Read())];

    public ArchivedDocument? ReadDocument(string receiptId) => _receipts.GetValueOrDefault(receiptId)?.Document;

    public IReadOnlyList<LedgerRecord> ReadLedger(string sessionId) => _sessions.GetValueOrDefault(sessionId)?.Ledger ?? [];

    public IReadOnlyList<SearchHit> Search(SearchQuery query) => OriginalSearch.Find(query, _originals.Values, _sessions.Values);

    public ArchiveTotals Totals() => new(
        _sessions.Count, _receipts.Count, _originals.Count, Nodes.Count,
        _originals.Values.Sum(original => (long)original.Encoded.Json.Length), StoredBytes: null, SchemaVersion: 1);

    public RetentionResult Prune(RetentionPolicy policy)
    {
        var (now, bytes) = (time.GetUtcNow(), Totals().TextBytes);
        var kept = _sessions.Values.SelectMany(session => session.Messages).GroupBy(message => message)
            .ToDictionary(group => group.Key, group => group.Count());
        var (gone, orphans, freed) = (new List<string>(), new List<Fingerprint>(), 0L);
        foreach (var session in _sessions.Values.OrderBy(session => session.LastChange))
        {
            if (!(now - session.UpdatedAt > policy.MaxAge) && !(bytes - freed > policy.MaxBytes))
                continue;
            gone.Add(session.Id);
            foreach (var message in session.Messages.Where(message => --kept[message] == 0))
            {
                orphans.Add(message);
                freed += _originals[message].Encoded.Json.Length;
            }
        }

        if (!policy.DryRun)
            Remove(gone, orphans);
        return new RetentionResult(gone, orphans.Count, freed);
    }

    private void Remove(List<string> sessions, List<Fingerprint> originals)
    {
        foreach (var id in sessions.Where(id => _sessions.Remove(id, out _)))
        {
            foreach (var stored in _receipts.Values.Where(stored => stored.Receipt.SessionId == id).ToList())
                _receipts.Remove(stored.Receipt.Receipt.Id);
        }

        foreach (var original in originals)
            _originals.Remove(original);
        _byKey.Clear();
        foreach (var stored in _receipts.Values.OrderBy(stored => stored.Number))
            Index(stored);
    }

    private StoredSession Touch(string id)
    {
        if (!_sessions.TryGetValue(id, out var session))
            _sessions[id] = session = new StoredSession(id, time.GetUtcNow());
        session.UpdatedAt = time.GetUtcNow();
        session.LastChange = ++_changes;
        return session;
    }

    private void Keep(Fingerprint fingerprint, StagedOriginals staged, StoredSession session, bool isMade)
    {
        session.Messages.Add(fingerprint);
        if (!_originals.ContainsKey(fingerprint))
            _originals[fingerprint] = new StoredOriginal(
                fingerprint,
                staged[fingerprint] ?? throw new ArchiveException($"The message {fingerprint} was not staged.", ArchiveFault.Failed),
                time.GetUtcNow(), isMade);
    }

    private void Index(StoredReceipt stored)
    {
        foreach (var key in (ReadOnlySpan<(ReceiptKey, Fingerprint)>)
            [(ReceiptKey.Source, stored.Receipt.Receipt.Source), (ReceiptKey.Result, stored.Receipt.Receipt.Result),
                (ReceiptKey.History, stored.Receipt.History)])
        {
            if (!_byKey.TryGetValue(key, out var same))
                _byKey[key] = same = [];
            same.Add(stored);
        }
    }

    private static ArchivedSession Describe(StoredSession session) => new(
        session.Id, session.Name, session.AgentId, session.CreatedAt, session.UpdatedAt, session.Log.Count, session.Receipts.Count,
        session.Receipts.Where(stored => stored.Receipt.UndoneAt is null)
            .Sum(stored => (long)stored.Receipt.Receipt.TokensBefore - stored.Receipt.Receipt.TokensAfter));
}
