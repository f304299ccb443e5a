using Strata.Archives;
using Strata.Transcripts;

namespace Strata;

/// <summary>What a compaction was prepared from.</summary>
/// <param name="Request">As it was asked for.</param>
/// <param name="Transcript">The conversation before.</param>
/// <param name="Staging">The archive at work on the originals; null where there is none.</param>
internal sealed record PreparedCompaction(CompactionRequest Request, Transcript Transcript, Task<IStagedOriginals>? Staging)
{
    /// <summary>What the preparation took.</summary>
    public TimeSpan Duration { get; init; }
}
