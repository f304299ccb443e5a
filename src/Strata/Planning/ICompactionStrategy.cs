namespace Strata.Planning;

/// <summary>Chooses what happens to each group so that the conversation fits its target.</summary>
/// <remarks>
/// A pure function: no clock, no I/O, no model; the same input gives the same plan. A strategy decides every group through the
/// <see cref="PlanBuilder"/>, which starts with everything kept and refuses to drop a pin. It need not reach the target: what it leaves
/// over,
/// <see cref="Planner"/> takes by its rungs.
/// </remarks>
public interface ICompactionStrategy
{
    /// <summary>The name users type, e.g. <c>sliding-window</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Turns after which this strategy is to choose, however few tokens there are; null: only tokens and the caller's triggers count.
    /// </summary>
    int? TurnsBetween(StrategyOptions options) => null;

    /// <summary>Decides about the groups of <paramref name="plan"/>.</summary>
    void Plan(PlanBuilder plan);
}
