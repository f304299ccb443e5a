using Strata.Models;

namespace Strata.Calls.Routing;

/// <summary>Who does a task.</summary>
/// <param name="Route">How it is asked.</param>
/// <param name="Tier">With its window.</param>
/// <param name="Models">The first choice and those to fall back to, at least one: what <see cref="ModelCaller"/> takes.</param>
public sealed record ResolvedRoute(TaskRoute Route, ModelTier Tier, IReadOnlyList<CallableModel> Models);
