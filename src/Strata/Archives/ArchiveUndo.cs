using Microsoft.Extensions.AI;
using Strata.Archives.Undoing;

namespace Strata.Archives;

/// <summary>Puts back what compactions replaced. What was said since stays.</summary>
/// <remarks>
/// Undoing an earlier compaction undoes the later ones too. <c>FindAsync</c> only reads; <c>UndoAsync</c> also marks the receipts as
/// undone, as its last step. Who writes the conversation to a file first finds, then writes, then calls
/// <see cref="IArchive.MarkUndoneAsync"/>.
/// </remarks>
public static class ArchiveUndo
{
    /// <summary>
    /// What <paramref name="current"/> was before its last compaction, or before the one that <paramref name="receiptId"/> names.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was never compacted with this archive, or not by that compaction.</exception>
    /// <exception cref="ArchiveException">The archive cannot be read, or lacks an original.</exception>
    public static async ValueTask<UndoneConversation> FindAsync(
        IArchive archive, IReadOnlyList<ChatMessage> current, string? receiptId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(current);
        return await new ConversationUndo(archive).FindAsync(current, receiptId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// What a session was before its last compaction that is not undone, or before the one that <paramref name="receiptId"/> names, with
    /// the turns between them. Turns since the last compaction are not in it: the archive has not seen them.
    /// </summary>
    /// <inheritdoc cref="FindAsync(IArchive, IReadOnlyList{ChatMessage}, string?, CancellationToken)"/>
    public static async ValueTask<UndoneConversation> FindAsync(
        IArchive archive, string sessionId, string? receiptId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(sessionId);
        return await new SessionUndo(archive).FindAsync(sessionId, receiptId, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Undoes the last compaction of <paramref name="current"/>, or all from the one that <paramref name="receiptId"/> names.
    /// </summary>
    /// <param name="archive">Where the originals are.</param>
    /// <param name="current">The conversation as it is.</param>
    /// <param name="receiptId">Null: the last.</param>
    /// <param name="time">Says when; null: the system's clock.</param>
    /// <param name="cancellationToken">Stops before anything is marked.</param>
    /// <inheritdoc cref="FindAsync(IArchive, IReadOnlyList{ChatMessage}, string?, CancellationToken)"/>
    public static async ValueTask<UndoneConversation> UndoAsync(
        IArchive archive, IReadOnlyList<ChatMessage> current, string? receiptId = null, TimeProvider? time = null,
        CancellationToken cancellationToken = default) =>
        await MarkAsync(archive, await FindAsync(archive, current, receiptId, cancellationToken).ConfigureAwait(false), time,
            cancellationToken).ConfigureAwait(false);

    /// <summary>Undoes the last compaction of a session, or all from the one that <paramref name="receiptId"/> names.</summary>
    /// <inheritdoc cref="FindAsync(IArchive, string, string?, CancellationToken)"/>
    public static async ValueTask<UndoneConversation> UndoAsync(
        IArchive archive, string sessionId, string? receiptId = null, TimeProvider? time = null,
        CancellationToken cancellationToken = default) =>
        await MarkAsync(archive, await FindAsync(archive, sessionId, receiptId, cancellationToken).ConfigureAwait(false), time,
            cancellationToken).ConfigureAwait(false);

    private static async ValueTask<UndoneConversation> MarkAsync(
        IArchive archive, UndoneConversation undone, TimeProvider? time, CancellationToken cancellationToken)
    {
        await archive.MarkUndoneAsync(undone.ReceiptIds, (time ?? TimeProvider.System).GetUtcNow(), cancellationToken)
            .ConfigureAwait(false);
        return undone;
    }
}
