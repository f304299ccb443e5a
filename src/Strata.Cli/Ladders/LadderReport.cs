namespace Strata.Cli.Ladders;

/// <summary>Which rung wrote what of a compaction, what it took, and why others did not.</summary>
internal sealed record LadderReport
{
    /// <summary>The table: one row for each level and model, and one for what code and level 0 wrote.</summary>
    public required IReadOnlyList<LevelReport> Levels { get; init; }

    /// <summary>What the summary is made of, oldest first.</summary>
    public required IReadOnlyList<PartReport> Parts { get; init; }

    /// <summary>Every text that was written or found, those that larger ones were made of included.</summary>
    public required IReadOnlyList<NodeReport> Nodes { get; init; }

    /// <summary>USD of all calls of models with known prices.</summary>
    public required decimal Cost { get; init; }

    /// <summary>USD; null: no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Calls of models whose prices are not known.</summary>
    public required long UnpricedCalls { get; init; }

    /// <summary>Whether Ctrl-C ended the calls.</summary>
    public required bool Stopped { get; init; }
}

/// <summary>One row of the table.</summary>
/// <param name="Level">0 to 3.</param>
/// <param name="Model">Who wrote, or was asked to.</param>
/// <param name="TokensIn">Tokens that calls sent; at level 0 those that it read.</param>
/// <param name="TokensOut">Tokens that calls answered; at level 0 those that it wrote.</param>
/// <param name="Saving">Share that what was written is shorter than what it stands for; null when nothing was written.</param>
/// <param name="Written">Summaries.</param>
/// <param name="Calls">Retries included.</param>
/// <param name="FromStore">Summaries that were paid for before.</param>
/// <param name="Failures">Calls that came to nothing, those not sent included.</param>
/// <param name="Faults">The same by kind.</param>
/// <param name="Cost">USD; null: the price is not known.</param>
/// <param name="Seconds">Sum over all calls, those that ran at the same time each.</param>
internal sealed record LevelReport(
    int Level, string Model, long TokensIn, long TokensOut, double? Saving, int Written, long Calls, int FromStore, long Failures,
    IReadOnlyDictionary<string, long> Faults, decimal? Cost, double Seconds);

/// <summary>A part of the summary.</summary>
/// <param name="FirstGroup">The first group that it tells of, counted from 1.</param>
/// <param name="LastGroup">The last one.</param>
/// <param name="PlannedLevel">The level that was to write it; 0: its own words.</param>
/// <param name="Level">The level that did.</param>
/// <param name="WrittenBy">The model; <c>words</c> where the part is short enough to be told as it was, <c>carried</c> where an earlier
/// compaction wrote it.</param>
/// <param name="Tokens">Of its text.</param>
/// <param name="Failures">Why others did not write it.</param>
internal sealed record PartReport(
    int FirstGroup, int LastGroup, int PlannedLevel, int Level, string WrittenBy, int Tokens, IReadOnlyList<FailureReport> Failures);

/// <summary>A text of the ladder.</summary>
/// <param name="Key">Its address.</param>
/// <param name="Level">0 where no model wrote it.</param>
/// <param name="WrittenBy">The model, or level 0's name.</param>
/// <param name="CoveredTokens">Tokens of what it stands for.</param>
/// <param name="Tokens">Of its text.</param>
/// <param name="FromStore">It was paid for before.</param>
/// <param name="Cost">USD; null: the price is not known.</param>
/// <param name="Coherence">0 to 1; null where no model wrote.</param>
/// <param name="Failures">What failed before it was written, in order.</param>
internal sealed record NodeReport(
    string Key, int Level, string WrittenBy, int CoveredTokens, int Tokens, bool FromStore, decimal? Cost, double? Coherence,
    IReadOnlyList<FailureReport> Failures);

/// <summary>An attempt that came to nothing.</summary>
/// <param name="Model">Who was asked.</param>
/// <param name="Fault">The kind, in snake case.</param>
/// <param name="Reason">In plain words.</param>
internal sealed record FailureReport(string Model, string Fault, string Reason);
