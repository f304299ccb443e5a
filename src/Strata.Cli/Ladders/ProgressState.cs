using Strata.Diagnostics;

namespace Strata.Cli.Ladders;

/// <summary>How far the ladder is at one moment.</summary>
/// <param name="Levels">Ascending.</param>
/// <param name="Instead">Parts that level 0 wrote because no model did.</param>
/// <param name="Calls">What calls took so far.</param>
/// <param name="Elapsed">Since the beginning.</param>
internal sealed record ProgressState(IReadOnlyList<LevelProgress> Levels, int Instead, CompactionTotals Calls, TimeSpan Elapsed)
{
    public int Planned => Levels.Sum(level => level.Planned);

    public int Done => Math.Min(Planned, Levels.Sum(level => level.Done) + Instead);

    /// <summary>At the pace so far; null before the first part is done and after the last.</summary>
    public TimeSpan? Left => Done == 0 || Done >= Planned ? null : Elapsed * ((double)(Planned - Done) / Done);
}

/// <summary>One level: how many of its parts are written or found.</summary>
internal sealed record LevelProgress(int Level, int Done, int Planned);
