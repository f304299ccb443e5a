namespace Strata.Conversations;

/// <summary>A compaction that failed; the conversation goes on as it was.</summary>
/// <param name="Exception">What went wrong; an <see cref="Archives.ArchiveException"/> where the archive did not take the
/// originals.</param>
/// <param name="InBackground">Whether no call was waiting for it.</param>
/// <param name="Tokens">Tokens of the request that was to be compacted.</param>
public sealed record CompactionFailure(Exception Exception, bool InBackground, long Tokens);
