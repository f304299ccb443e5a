using Strata.Transcripts;

namespace Strata;

/// <summary>What has come since the last compaction, or since the beginning where there was none.</summary>
/// <param name="Messages">Messages, without system messages and summaries.</param>
/// <param name="Turns">Messages of the user.</param>
/// <param name="ToolResults">Results of tools.</param>
/// <param name="Age">Age of the oldest message that has a time; null where none has.</param>
/// <param name="Usage">How full the window is.</param>
/// <param name="Transcript">The whole conversation, what came before included.</param>
public sealed record TriggerState(int Messages, int Turns, int ToolResults, TimeSpan? Age, TokenUsage Usage, Transcript Transcript);
