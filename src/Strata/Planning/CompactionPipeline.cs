namespace Strata.Planning;

/// <summary>Several strategies, one after another, until the conversation fits: the gentle ones first.</summary>
/// <remarks>
/// Each goes on from what those before it decided and may not bring back what they let go. The first always chooses, the others only while
/// the plan is above its target. Give it to a <see cref="Compactor"/> among its strategies and name it in the options.
/// </remarks>
public sealed class CompactionPipeline : ICompactionStrategy
{
    private readonly IReadOnlyList<ICompactionStrategy> _stages;

    /// <param name="name">The name that options choose it by.</param>
    /// <param name="stages">In the order in which they choose; at least one.</param>
    /// <exception cref="ArgumentException">There is no name or no stage.</exception>
    public CompactionPipeline(string name, params IReadOnlyList<ICompactionStrategy> stages)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(stages);
        if (stages.Count == 0)
            throw new ArgumentException($"The pipeline '{name}' has no stage: give it at least one strategy.", nameof(stages));
        Name = name;
        _stages = [.. stages];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public int? TurnsBetween(StrategyOptions options) => _stages.Min(stage => stage.TurnsBetween(options));

    /// <inheritdoc/>
    public void Plan(PlanBuilder plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var stage in _stages)
        {
            stage.Plan(plan);
            if (plan.Free >= 0)
                break;
            plan.HoldWhatLeft();
        }

        plan.ReleaseWhatLeft();
    }
}
