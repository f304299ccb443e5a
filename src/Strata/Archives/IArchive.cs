using Microsoft.Extensions.AI;
using Strata.Ladder;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>Keeps every original that leaves a context, for ever, with the receipts that say why it left.</summary>
/// <remarks>
/// Thread-safe, also over several processes on one store. An instance sees one tenant only; nothing tells whether another tenant holds
/// something. What a method acknowledged is there after a crash. A store that fails throws <see cref="ArchiveException"/>, and then nothing
/// of the call was kept.
/// </remarks>
public interface IArchive : ISummaryStore, ICalibrationStore, IAsyncDisposable
{
    /// <summary>
    /// Encodes what the archive does not hold yet, so that <see cref="CommitAsync"/> has only to write it. Writes nothing; may run while
    /// summaries are written.
    /// </summary>
    ValueTask<IStagedOriginals> StageAsync(IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>
    /// Keeps a compaction in one transaction: the conversation before and after, handles, ledger, receipt. The same receipt twice is kept
    /// once.
    /// </summary>
    ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default);

    /// <summary>Adds messages to the end of a session's log, which begins to exist with the first.</summary>
    /// <param name="sessionId">Any text of 1–200 chars.</param>
    /// <param name="messages">In order; they stand side by side in the log.</param>
    /// <param name="appendId">Names this call, so that it can be repeated after a lost connection: the second time nothing is added. Null:
    /// it cannot.</param>
    /// <param name="cancellationToken">Ends the wait; what was not acknowledged may still have been added.</param>
    /// <returns>The position of the first one in the log, counted from 0.</returns>
    ValueTask<long> AppendAsync(
        string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId = null, CancellationToken cancellationToken = default);

    /// <summary>A session's log, or a part of it, oldest first; empty when there is none.</summary>
    ValueTask<IReadOnlyList<ChatMessage>> ReadLogAsync(
        string sessionId, long from = 0, int? count = null, CancellationToken cancellationToken = default);

    /// <summary>The newest sessions first.</summary>
    ValueTask<IReadOnlyList<ArchivedSession>> ListSessionsAsync(int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Null when there is none.</summary>
    ValueTask<ArchivedSession?> FindSessionAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Receipts, newest first, undone ones included; of all sessions when <paramref name="sessionId"/> is null.</summary>
    ValueTask<IReadOnlyList<ArchivedReceipt>> ListReceiptsAsync(
        string? sessionId = null, int limit = 100, CancellationToken cancellationToken = default);

    /// <summary>Null when there is none.</summary>
    ValueTask<ArchivedReceipt?> FindReceiptAsync(string receiptId, CancellationToken cancellationToken = default);

    /// <summary>
    /// The newest receipt, not undone, whose key is one of <paramref name="keys"/>; of several keys the last one given wins. Null when
    /// there is none.
    /// </summary>
    ValueTask<ArchivedReceipt?> FindReceiptAsync(
        ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default);

    /// <summary>Marks receipts as undone; unknown ones are passed over.</summary>
    ValueTask MarkUndoneAsync(IReadOnlyList<string> receiptIds, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Where a handle leads, newest compaction first; empty when it is unknown.</summary>
    ValueTask<IReadOnlyList<HandlePlace>> FindHandleAsync(Handle handle, CancellationToken cancellationToken = default);

    /// <summary>Originals by fingerprint, in the order asked for; null in the place of one that is not there.</summary>
    ValueTask<IReadOnlyList<ArchivedOriginal?>> ReadAsync(
        IReadOnlyList<Fingerprint> fingerprints, CancellationToken cancellationToken = default);

    /// <summary>
    /// The originals whose own handle, <see cref="Handle.Of(Fingerprint)"/>, is this one: as a search names them. Empty when there is none.
    /// </summary>
    ValueTask<IReadOnlyList<ArchivedOriginal>> FindOriginalsAsync(Handle message, CancellationToken cancellationToken = default);

    /// <summary>The session file that a compaction was given; null when it was given none.</summary>
    ValueTask<ArchivedDocument?> ReadDocumentAsync(string receiptId, CancellationToken cancellationToken = default);

    /// <summary>The standing instructions of a session as the newest compaction found them.</summary>
    ValueTask<IReadOnlyList<LedgerRecord>> ReadLedgerAsync(string sessionId, CancellationToken cancellationToken = default);

    /// <summary>Originals that hold the words asked for, best first.</summary>
    ValueTask<IReadOnlyList<SearchHit>> SearchAsync(SearchQuery query, CancellationToken cancellationToken = default);
}
