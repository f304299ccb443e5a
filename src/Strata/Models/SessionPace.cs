namespace Strata.Models;

/// <summary>What a session has been doing lately.</summary>
/// <param name="TokensPerTurn">How much the last turns added, on average; 0: unknown.</param>
/// <param name="SinceCompaction">Null: there was none.</param>
/// <param name="CacheAge">Since the provider last read the cached prefix; null: there is no cache, or nothing is known of it.</param>
public readonly record struct SessionPace(double TokensPerTurn = 0, TimeSpan? SinceCompaction = null, TimeSpan? CacheAge = null);
