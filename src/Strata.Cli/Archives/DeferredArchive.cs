using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Ladder;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Cli.Archives;

/// <summary>An archive that is opened, and so created, only where there is something to keep.</summary>
internal sealed class DeferredArchive(Func<CancellationToken, ValueTask<IArchive>> open) : IArchive
{
    private IArchive? _opened;

    public bool IsOpen => _opened is not null;

    private IArchive Opened => _opened ?? throw new InvalidOperationException("The archive was used before it was opened.");

    public async ValueTask OpenAsync(CancellationToken cancellationToken) =>
        _opened ??= await open(cancellationToken).ConfigureAwait(false);

    public ValueTask<IStagedOriginals> StageAsync(IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default) =>
        Opened.StageAsync(messages, cancellationToken);

    public ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default) =>
        Opened.CommitAsync(compaction, cancellationToken);

    public ValueTask<long> AppendAsync(
        string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId = null,
        CancellationToken cancellationToken = default) =>
        Opened.AppendAsync(sessionId, messages, appendId, cancellationToken);

    public ValueTask<IReadOnlyList<ChatMessage>> ReadLogAsync(
        string sessionId, long from = 0, int? count = null, CancellationToken cancellationToken = default) =>
        Opened.ReadLogAsync(sessionId, from, count, cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedSession>> ListSessionsAsync(int limit = 100, CancellationToken cancellationToken = default) =>
        Opened.ListSessionsAsync(limit, cancellationToken);

    public ValueTask<ArchivedSession?> FindSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        Opened.FindSessionAsync(sessionId, cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedReceipt>> ListReceiptsAsync(
        string? sessionId = null, int limit = 100, CancellationToken cancellationToken = default) =>
        Opened.ListReceiptsAsync(sessionId, limit, cancellationToken);

    public ValueTask<ArchivedReceipt?> FindReceiptAsync(string receiptId, CancellationToken cancellationToken = default) =>
        Opened.FindReceiptAsync(receiptId, cancellationToken);

    public ValueTask<ArchivedReceipt?> FindReceiptAsync(
        ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default) =>
        Opened.FindReceiptAsync(key, keys, cancellationToken);

    public ValueTask MarkUndoneAsync(IReadOnlyList<string> receiptIds, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        Opened.MarkUndoneAsync(receiptIds, at, cancellationToken);

    public ValueTask<IReadOnlyList<HandlePlace>> FindHandleAsync(Handle handle, CancellationToken cancellationToken = default) =>
        Opened.FindHandleAsync(handle, cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedOriginal?>> ReadAsync(
        IReadOnlyList<Fingerprint> fingerprints, CancellationToken cancellationToken = default) =>
        Opened.ReadAsync(fingerprints, cancellationToken);

    public ValueTask<IReadOnlyList<ArchivedOriginal>> FindOriginalsAsync(Handle message, CancellationToken cancellationToken = default) =>
        Opened.FindOriginalsAsync(message, cancellationToken);

    public ValueTask<ArchivedDocument?> ReadDocumentAsync(string receiptId, CancellationToken cancellationToken = default) =>
        Opened.ReadDocumentAsync(receiptId, cancellationToken);

    public ValueTask<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(string sessionId, CancellationToken cancellationToken = default) =>
        Opened.ReadLedgerAsync(sessionId, cancellationToken);

    public ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default) =>
        Opened.SearchAsync(query, cancellationToken);

    public ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        Opened.FindAsync(key, cancellationToken);

    public ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default) =>
        Opened.AddAsync(node, cancellationToken);

    public ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken = default) =>
        Opened.ClaimAsync(key, cancellationToken);

    public ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default) =>
        Opened.FindCalibrationAsync(model, cancellationToken);

    public ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default) =>
        Opened.SaveCalibrationAsync(calibration, cancellationToken);

    public ValueTask DisposeAsync() => _opened?.DisposeAsync() ?? ValueTask.CompletedTask;
}
