using Strata.Calls;
using Strata.Calls.Routing;
using Strata.Planning.Hierarchy;
using Strata.Ladder.Prompts;

namespace Strata.Ladder;

/// <summary>Who writes summaries and how long they may be. The defaults are those of seed 0.</summary>
public sealed record LadderOptions
{
    /// <value>Ascending, each at most once. One level alone is allowed: the summary is then made of it and of what passes through.</value>
    public required IReadOnlyList<LevelOptions> Levels { get; init; }

    /// <value>When a turn is summarized and how many become one; its levels are those of <see cref="Levels"/>.</value>
    public HierarchyOptions Shape { get; init; } = new();

    /// <value>The longest that one compaction waits for models. What is not written by then level 0 writes.</value>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(5);
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
    public SummaryTemplate? Template { get; init; }

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

    /// <summary>
    /// One summary of everything by a router's task: <c>summarize_session</c> of seed 2 is the FAST tier, 1 024 tokens, temperature 0.3.
    /// </summary>
    public static LevelOptions Of(ResolvedRoute route)
    {
        ArgumentNullException.ThrowIfNull(route);
        return Whole(route.Models) with
        {
            MaxTokens = route.Route.MaxOutputTokens,
            Temperature = route.Route.Temperature,
            Template = route.Route.Template is { } template ? SummaryTemplate.Parse(template) : SummaryTemplates.ForTask(route.Route.Task),
        };
    }
}
