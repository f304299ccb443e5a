namespace Strata.Models;

/// <summary>A class of models that a router chooses by task.</summary>
/// <param name="Name">In capitals.</param>
/// <param name="Window">In tokens.</param>
public sealed record ModelTier(string Name, int Window);

/// <summary>The tiers of the <c>tiered</c> profile.</summary>
public static class ModelTiers
{
    public static ModelTier Orchestrator { get; } = new("ORCHESTRATOR", 200_000);

    public static ModelTier Coding { get; } = new("CODING", 128_000);

    public static ModelTier Reasoning { get; } = new("REASONING", 64_000);

    public static ModelTier General { get; } = new("GENERAL", 32_000);

    public static ModelTier Fast { get; } = new("FAST", 32_000);

    public static IReadOnlyList<ModelTier> All { get; } = [Orchestrator, Coding, Reasoning, General, Fast];

    /// <summary>The tier of that name, in any case; null when there is none.</summary>
    public static ModelTier? Find(string? name) =>
        All.FirstOrDefault(tier => string.Equals(tier.Name, name?.Trim(), StringComparison.OrdinalIgnoreCase));
}
