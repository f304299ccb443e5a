namespace Strata;

/// <summary>What a compaction came to.</summary>
public enum CompactionOutcome
{
    /// <summary>Nothing needed doing: the messages are the caller's own list.</summary>
    Unchanged,

    /// <summary>The messages are shorter and fit the target.</summary>
    Compacted,

    /// <summary>No valid conversation fits; the messages are the caller's own list and the reason says why.</summary>
    CannotFit,
}
