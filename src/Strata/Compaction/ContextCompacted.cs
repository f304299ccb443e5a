namespace Strata;

/// <summary>What subscribers are told after a compaction.</summary>
/// <param name="TokensBefore">Tokens before, counted on the whole request.</param>
/// <param name="TokensAfter">Tokens after, counted on the whole request.</param>
/// <param name="Strategy">The strategy that chose.</param>
/// <param name="Model">The model whose window was to be fitted; null when only a window was given.</param>
/// <param name="Result">Everything else.</param>
public sealed record ContextCompacted(int TokensBefore, int TokensAfter, string Strategy, string? Model, CompactionResult Result);
