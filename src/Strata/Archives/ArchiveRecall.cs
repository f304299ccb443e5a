using Strata.Archives.Recalling;

namespace Strata.Archives;

/// <summary>Finds originals in an archive by the handles that stand in compacted text.</summary>
public static class ArchiveRecall
{
    /// <summary>
    /// The originals that <paramref name="handle"/> names: a group, one content, one message, or for <c>first..last</c> all messages from one group to the
    /// other, also where an earlier compaction cut the first. Summaries on the way are replaced by what they stand for, shortened texts by the whole ones.
    /// </summary>
    /// <returns>Null when the archive does not hold it.</returns>
    /// <exception cref="FormatException"><paramref name="handle"/> is no handle and no two of them.</exception>
    /// <exception cref="ArchiveException">The archive cannot be read.</exception>
    public static async ValueTask<ArchivedRecall?> FindAsync(IArchive archive, string handle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(handle);
        return await new OriginalFinder(archive).FindAsync(HandleRange.Parse(handle), cancellationToken).ConfigureAwait(false);
    }
}
