using Strata.Archives.Recalling;

namespace Strata.Archives;

/// <summary>Finds originals in an archive by the handles that stand in compacted text.</summary>
public static class ArchiveRecall
{
    /// <summary>
    /// The originals that <paramref name="handle"/> names: a group, one content, one message, or for <c>first..last</c> all messages from
    /// one group to the other, also where an earlier compaction cut the first. Summaries on the way are replaced by what they stand for,
    /// shortened texts by the whole ones.
    /// </summary>
    /// <returns>Null when the archive does not hold it.</returns>
    /// <exception cref="FormatException"><paramref name="handle"/> is no handle and no two of them.</exception>
    /// <exception cref="ArchiveException">The archive cannot be read.</exception>
    public static ValueTask<ArchivedRecall?> FindAsync(IArchive archive, string handle, CancellationToken cancellationToken = default) =>
        FindAsync(archive, handle, sessionId: null, cancellationToken);

    /// <summary>
    /// The same within one session and what it went on from: what others hold is not told, and of two that look alike it is this one's.
    /// </summary>
    /// <param name="archive">Where the originals are.</param>
    /// <param name="handle">One, or two as <c>first..last</c>.</param>
    /// <param name="sessionId">Null: in all sessions, the newest first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <inheritdoc cref="FindAsync(IArchive, string, CancellationToken)"/>
    public static async ValueTask<ArchivedRecall?> FindAsync(
        IArchive archive, string handle, string? sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(handle);
        var scope = sessionId is null ? null : new SessionScope(archive, sessionId);
        return await new OriginalFinder(archive, scope).FindAsync(HandleRange.Parse(handle), cancellationToken).ConfigureAwait(false);
    }
}
