using Strata.Calls;

namespace Strata.Summaries.Ladder;

/// <summary>Who writes summaries and how long they may be. The defaults are those of seed 0.</summary>
public sealed record LadderOptions
{
    /// <value>Ascending, each at most once. One level alone is allowed: the summary is then made of it and of what passes through.</value>
    public required IReadOnlyList<LevelOptions> Levels { get; init; }

    /// <value>Turns of fewer tokens are not summarized.</value>
    public int PassThroughTokens { get; init; } = 200;

    /// <value>Summaries of one level that become one of the next. Seed 0: ten.</value>
    public int FanOut { get; init; } = 10;

    /// <value>Tokens from which a turn is summarized in pieces; a piece is never more than the model's window holds.</value>
    public int PieceTokens { get; init; } = 4_000;

    /// <value>Share of a summary's tokens that goes to what code carries (rules, tasks, files, commands, failures), at least.</value>
    public double LedgerShare { get; init; } = .4;
}

/// <summary>One level of the ladder.</summary>
public sealed record LevelOptions
{
    /// <value>1 per turn, 2 per ten turns, 3 whole.</value>
    public required int Level { get; init; }

    /// <value>The model that writes, then those to fall back to. After the last of them level 0 writes.</value>
    public required IReadOnlyList<CallableModel> Models { get; init; }

    /// <value>The most tokens of one summary.</value>
    public required int MaxTokens { get; init; }

    /// <value>What the model is told; null: the level's own template.</value>
    public string? Template { get; init; }

    public float Temperature { get; init; } = .3f;

    /// <value>For one attempt.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Level 1 of seed 0: a turn in 200 tokens, 30 s.</summary>
    public static LevelOptions PerTurn(params IReadOnlyList<CallableModel> models) =>
        new() { Level = 1, Models = models, MaxTokens = 200, Timeout = TimeSpan.FromSeconds(30) };

    /// <summary>Level 2 of seed 0: ten turns in 500 tokens, 45 s.</summary>
    public static LevelOptions PerTenTurns(params IReadOnlyList<CallableModel> models) =>
        new() { Level = 2, Models = models, MaxTokens = 500, Timeout = TimeSpan.FromSeconds(45) };

    /// <summary>Level 3 of seed 0: everything in 4 000 tokens, 60 s.</summary>
    public static LevelOptions Whole(params IReadOnlyList<CallableModel> models) =>
        new() { Level = 3, Models = models, MaxTokens = 4_000 };
}
