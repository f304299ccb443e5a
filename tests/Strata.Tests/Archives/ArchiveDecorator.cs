using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Ladder;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Tests.Archives;

/// <summary>Hands everything on; tests change what they want changed.</summary>
internal class ArchiveDecorator(IArchive inner) : IArchive
{
    public virtual ValueTask<IStagedOriginals> StageAsync(
        IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default) =>
            inner.StageAsync(messages, cancellationToken);

    public virtual ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default) =>
        inner.CommitAsync(compaction, cancellationToken);

    public virtual ValueTask<long> AppendAsync(
        string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId = null,
        CancellationToken cancellationToken = default) =>
        inner.AppendAsync(sessionId, messages, appendId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ChatMessage>> ReadLogAsync(
        string sessionId, long from = 0, int? count = null, CancellationToken cancellationToken = default) =>
        inner.ReadLogAsync(sessionId, from, count, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ArchivedSession>> ListSessionsAsync(
        int limit = 100, CancellationToken cancellationToken = default) => inner.ListSessionsAsync(limit, cancellationToken);

    public virtual ValueTask<ArchivedSession?> FindSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        inner.FindSessionAsync(sessionId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ArchivedReceipt>> ListReceiptsAsync(
        string? sessionId = null, int limit = 100, CancellationToken cancellationToken = default) =>
        inner.ListReceiptsAsync(sessionId, limit, cancellationToken);

    public virtual ValueTask<ArchivedReceipt?> FindReceiptAsync(string receiptId, CancellationToken cancellationToken = default) =>
        inner.FindReceiptAsync(receiptId, cancellationToken);

    public virtual ValueTask<ArchivedReceipt?> FindReceiptAsync(
        ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default) =>
        inner.FindReceiptAsync(key, keys, cancellationToken);

    public virtual ValueTask MarkUndoneAsync(
        IReadOnlyList<string> receiptIds, DateTimeOffset at, CancellationToken cancellationToken = default) =>
            inner.MarkUndoneAsync(receiptIds, at, cancellationToken);

    public virtual ValueTask<IReadOnlyList<HandlePlace>> FindHandleAsync(Handle handle, CancellationToken cancellationToken = default) =>
        inner.FindHandleAsync(handle, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ArchivedOriginal?>> ReadAsync(
        IReadOnlyList<Fingerprint> fingerprints, CancellationToken cancellationToken = default) =>
            inner.ReadAsync(fingerprints, cancellationToken);

    public virtual ValueTask<IReadOnlyList<ArchivedOriginal>> FindOriginalsAsync(
        Handle message, CancellationToken cancellationToken = default) => inner.FindOriginalsAsync(message, cancellationToken);

    public virtual ValueTask<ArchivedDocument?> ReadDocumentAsync(string receiptId, CancellationToken cancellationToken = default) =>
        inner.ReadDocumentAsync(receiptId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(
        string sessionId, CancellationToken cancellationToken = default) => inner.ReadLedgerAsync(sessionId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default) =>
        inner.SearchAsync(query, cancellationToken);

    public virtual ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        inner.FindAsync(key, cancellationToken);

    public virtual ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default) =>
        inner.AddAsync(node, cancellationToken);

    public virtual ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default) =>
        inner.FindCalibrationAsync(model, cancellationToken);

    public virtual ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default) =>
        inner.SaveCalibrationAsync(calibration, cancellationToken);

    public virtual ValueTask DisposeAsync() => inner.DisposeAsync();
}
