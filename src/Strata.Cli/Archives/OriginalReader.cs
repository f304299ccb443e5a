using Strata.Archives;

namespace Strata.Cli.Archives;

/// <summary>Recalls from an archive by what people and models copied out of a compacted text.</summary>
internal static class OriginalReader
{
    /// <param name="archive">Where the originals are.</param>
    /// <param name="handle">As <see cref="PastedHandle.Read"/> gives it.</param>
    /// <param name="sessionId">Null: in all sessions, the newest first.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Null when the archive does not hold it.</returns>
    /// <exception cref="CliException">A range runs from the newer to the older.</exception>
    /// <exception cref="FormatException">It is no handle and no two of them.</exception>
    public static async ValueTask<ArchivedRecall?> FindAsync(
        IArchive archive, string handle, string? sessionId, CancellationToken cancellationToken)
    {
        if (await ArchiveRecall.FindAsync(archive, handle, sessionId, cancellationToken).ConfigureAwait(false) is { } found)
            return found;
        return PastedHandle.TurnRound(handle) is { } turned
            && await ArchiveRecall.FindAsync(archive, turned, sessionId, cancellationToken).ConfigureAwait(false) is not null
            ? throw Backwards(handle, turned)
            : null;
    }

    public static CliException Backwards(string handle, string turned) =>
        new($"{handle} runs backwards: a range goes from the older to the newer. Turn it round: {turned}");
}
