using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Ladder;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Hosting.Archives;

/// <summary>
/// An archive that is opened when something first asks for it: a container makes services without waiting, and opening one waits for a disk
/// or a server. Each call is the opened archive's own.
/// </summary>
/// <param name="open">Opens it; one that fails is asked again by the next call.</param>
/// <param name="owns">Whether it ends with this one; an archive that somebody gave does not.</param>
internal sealed class LazyArchive(Func<CancellationToken, ValueTask<IArchive>> open, bool owns) : IArchive, IArchiveMaintenance, IDisposable
{
    private readonly AsyncOnce<IArchive> _archive = new(open);
    private int _isDisposed;

    public async ValueTask<IArchive> OpenAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed != 0, this);
        return await _archive.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IStagedOriginals> StageAsync(
        IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).StageAsync(messages, cancellationToken).ConfigureAwait(false);

    public async ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).CommitAsync(compaction, cancellationToken).ConfigureAwait(false);

    public async ValueTask<long> AppendAsync(
        string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId = null,
        CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).AppendAsync(sessionId, messages, appendId, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ChatMessage>> ReadLogAsync(
        string sessionId, long from = 0, int? count = null, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).ReadLogAsync(sessionId, from, count, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchivedSession>> ListSessionsAsync(
        int limit = 100, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).ListSessionsAsync(limit, cancellationToken).ConfigureAwait(false);

    public async ValueTask<ArchivedSession?> FindSessionAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).FindSessionAsync(sessionId, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchivedReceipt>> ListReceiptsAsync(
        string? sessionId = null, int limit = 100, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).ListReceiptsAsync(sessionId, limit, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<ArchivedReceipt?> FindReceiptAsync(string receiptId, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).FindReceiptAsync(receiptId, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<ArchivedReceipt?> FindReceiptAsync(
        ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).FindReceiptAsync(key, keys, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask MarkUndoneAsync(
        IReadOnlyList<string> receiptIds, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).MarkUndoneAsync(receiptIds, at, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<HandlePlace>> FindHandleAsync(Handle handle, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).FindHandleAsync(handle, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchivedOriginal?>> ReadAsync(
        IReadOnlyList<Fingerprint> fingerprints, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).ReadAsync(fingerprints, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchivedOriginal>> FindOriginalsAsync(
        Handle message, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).FindOriginalsAsync(message, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<ArchivedDocument?> ReadDocumentAsync(string receiptId, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).ReadDocumentAsync(receiptId, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(string sessionId, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).ReadLedgerAsync(sessionId, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).SearchAsync(query, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).FindAsync(key, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).AddAsync(node, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).ClaimAsync(key, cancellationToken).ConfigureAwait(false);

    public async ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).FindCalibrationAsync(model, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default) =>
        await (await OpenAsync(cancellationToken).ConfigureAwait(false)).SaveCalibrationAsync(calibration, cancellationToken)
            .ConfigureAwait(false);

    public async ValueTask<ArchiveTotals> GetTotalsAsync(CancellationToken cancellationToken = default) =>
        await (await MaintenanceAsync(cancellationToken).ConfigureAwait(false)).GetTotalsAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<ArchiveFinding>> CheckAsync(bool repair = false, CancellationToken cancellationToken = default) =>
        await (await MaintenanceAsync(cancellationToken).ConfigureAwait(false)).CheckAsync(repair, cancellationToken).ConfigureAwait(false);

    public async ValueTask<RetentionResult> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken = default) =>
        await (await MaintenanceAsync(cancellationToken).ConfigureAwait(false)).PruneAsync(policy, cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        if (owns && _archive.Made is { } opened)
            await opened.DisposeAsync().ConfigureAwait(false);
        _archive.Dispose();
    }

    // A container that is disposed without waiting refuses services that can only be waited for.
#pragma warning disable RS0030
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore RS0030

    private async ValueTask<IArchiveMaintenance> MaintenanceAsync(CancellationToken cancellationToken) =>
        await OpenAsync(cancellationToken).ConfigureAwait(false) as IArchiveMaintenance
        ?? throw new NotSupportedException($"The archive that was given ({_archive.Made!.GetType().Name}) is none that can be maintained: "
            + "it is no IArchiveMaintenance.");
}
