namespace Strata.Calls.Routing;

/// <summary>Which tier does a task, and how it is asked.</summary>
/// <param name="Task">Its name, in any case.</param>
/// <param name="Tier">A name of <see cref="Models.ModelTiers"/>, in any case.</param>
/// <param name="MaxOutputTokens">1 or more.</param>
/// <param name="Temperature">0 or more.</param>
/// <param name="Template">The template of the prompt; null: the task's usual one.</param>
public sealed record TaskRoute(string Task, string Tier, int MaxOutputTokens, float Temperature, string? Template = null);
