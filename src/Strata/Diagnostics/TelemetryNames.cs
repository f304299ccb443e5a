namespace Strata.Diagnostics;

/// <summary>
/// Names of what is measured. Those that begin with <c>gen_ai</c> and <c>error.type</c> are OpenTelemetry's semantic conventions for
/// generative AI (status:
/// development); the others are of this library. docs/model-calls.md says what each means.
/// </summary>
public static class TelemetryNames
{
    /// <summary>
    /// Of the one <see cref="System.Diagnostics.Metrics.Meter"/> and the one <see cref="System.Diagnostics.ActivitySource"/>.
    /// </summary>
    public const string Source = "Strata";

    public const string TokenUsage = "gen_ai.client.token.usage";
    public const string OperationDuration = "gen_ai.client.operation.duration";

    public const string Calls = "strata.calls";
    public const string CallsActive = "strata.calls.active";
    public const string CallFailures = "strata.call.failures";
    public const string CallCost = "strata.call.cost";
    public const string SummariesWritten = "strata.summaries.written";
    public const string StoreHits = "strata.summaries.store_hits";
    public const string SavedTokens = "strata.summaries.saved_tokens";
    public const string CompressionRatio = "strata.summaries.compression_ratio";
    public const string Coherence = "strata.summaries.coherence";
    public const string Compactions = "strata.compactions";
    public const string CompactionSavedTokens = "strata.compaction.saved_tokens";
    public const string CompactionDuration = "strata.compaction.duration";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string TokenType = "gen_ai.token.type";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheWriteTokens = "gen_ai.usage.cache_write.input_tokens";
    public const string ReasoningTokens = "gen_ai.usage.reasoning.output_tokens";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string ConversationCompacted = "gen_ai.conversation.compacted";
    public const string ErrorType = "error.type";

    /// <summary>What a call or a summary is for: <c>level-1</c>, <c>rank</c>, a router's task.</summary>
    public const string Purpose = "strata.purpose";

    /// <summary>USD.</summary>
    public const string Cost = "strata.cost";

    public const string Strategy = "strata.strategy";
    public const string Outcome = "strata.outcome";
    public const string TokensBefore = "strata.tokens.before";
    public const string TokensAfter = "strata.tokens.after";

    /// <summary>Levels of the summaries in the result.</summary>
    public const string Levels = "strata.levels";
}
