using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary>A compaction that is ready to be planned or carried out.</summary>
/// <param name="Compactor">Made for the session's model.</param>
/// <param name="Request">The session's messages and what was asked for.</param>
/// <param name="ModelName">As it was typed or stands in the file; null when nothing names one.</param>
/// <param name="Strategy">Who chooses.</param>
/// <param name="Transcript">The session's groups.</param>
/// <param name="Usage">Tokens now, threshold and target.</param>
/// <param name="WindowIsKnown">False when nothing names a model that is known or a window: 32 000 tokens are assumed.</param>
/// <param name="Notes">What the user should know, a sentence each.</param>
internal sealed record Compaction(
    Compactor Compactor, CompactionRequest Request, string? ModelName, string Strategy, Transcript Transcript, TokenUsage Usage,
    bool WindowIsKnown,
    IReadOnlyList<string> Notes)
{
    /// <summary>Whether it will be tried: what is within the target, or below the threshold and not wanted now, is left alone.</summary>
    public bool IsDue => Usage.Trigger is not null || (Usage.Current > Usage.Target && (Request.Force || Usage.ShouldCompact));
}
