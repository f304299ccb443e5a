using Strata.Models;

namespace Strata.Calls.Routing;

/// <summary>Finds the models for a task: task → tier → models in order. Immutable.</summary>
public sealed class ModelRouter
{
    private readonly Dictionary<string, TaskRoute> _routes = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<CallableModel>> _models = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="models">The models of each tier by its name, the first choice first. Tiers may be left out.</param>
    /// <param name="routes">Added to <see cref="BuiltInRoutes"/>; one of the same task replaces it.</param>
    /// <exception cref="ArgumentException">A tier is unknown, or a route has impossible numbers.</exception>
    public ModelRouter(IReadOnlyDictionary<string, IReadOnlyList<CallableModel>> models, IEnumerable<TaskRoute>? routes = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        foreach (var (name, list) in models)
            _models[Tier(name, "a model list").Name] = [.. list];
        foreach (var route in BuiltInRoutes.Concat(routes ?? []))
        {
            Tier(route.Tier, $"the route of {route.Task}");
            if (route.MaxOutputTokens < 1)
                throw new ArgumentException(
                    $"The route of {route.Task} allows {route.MaxOutputTokens} output tokens; give 1 or more.", nameof(routes));
            if (!(route.Temperature >= 0))
                throw new ArgumentException(
                    $"The route of {route.Task} has the temperature {route.Temperature}; give 0 or more.", nameof(routes));
            _routes[route.Task] = route;
        }
    }

    /// <summary>summarize_session and analyze_page are those of seed 2; the others give each tier its kind of task.</summary>
    public static IReadOnlyList<TaskRoute> BuiltInRoutes { get; } =
    [
        new("summarize_session", ModelTiers.Fast.Name, 1_024, .3f),
        new("rank_documents", ModelTiers.Fast.Name, 512, 0),
        new("answer", ModelTiers.General.Name, 1_024, .7f),
        new("analyze_page", ModelTiers.Reasoning.Name, 2_048, .3f),
        new("write_code", ModelTiers.Coding.Name, 4_096, .2f),
        new("orchestrate", ModelTiers.Orchestrator.Name, 4_096, .3f),
    ];

    /// <summary>All routes by task, sorted.</summary>
    public IReadOnlyList<TaskRoute> Routes => [.. _routes.Values.OrderBy(route => route.Task, StringComparer.Ordinal)];

    /// <summary>Who does <paramref name="task"/>.</summary>
    /// <exception cref="ArgumentException">The task has no route, or its tier no models: the message names those that have.</exception>
    public ResolvedRoute Resolve(string task)
    {
        ArgumentNullException.ThrowIfNull(task);
        if (!_routes.TryGetValue(task.Trim(), out var route))
            throw new ArgumentException(
                $"There is no route for the task '{task}'. Known: {string.Join(", ", Routes.Select(known => known.Task))}.", nameof(task));
        var tier = Tier(route.Tier, $"the route of {route.Task}");
        if (_models.TryGetValue(tier.Name, out var models) && models.Count > 0)
            return new ResolvedRoute(route, tier, models);
        var filled = string.Join(
            ", ", ModelTiers.All.Select(known => known.Name).Where(name => _models.TryGetValue(name, out var list) && list.Count > 0));
        throw new ArgumentException(
            $"The task '{route.Task}' goes to the tier {tier.Name}, which has no models. Tiers with models: "
                + $"{(filled.Length == 0 ? "none" : filled)}. "
            + $"Give {tier.Name} a model, or the task a route to another tier.",
            nameof(task));
    }

    private static ModelTier Tier(string name, string place) => ModelTiers.Find(name)
        ?? throw new ArgumentException(
            $"There is no tier '{name}', named in {place}. Known: {string.Join(", ", ModelTiers.All.Select(tier => tier.Name))}.",
            nameof(name));
}
