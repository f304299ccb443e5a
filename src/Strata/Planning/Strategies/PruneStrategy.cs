namespace Strata.Planning;

/// <summary>The newest messages stay, once enough exchanges have passed; older ones are dropped.</summary>
internal sealed class PruneStrategy : ICompactionStrategy
{
    public string Name => "prune";

    public int? TurnsBetween(StrategyOptions options) => options.PruneAfterTurns;

    public void Plan(PlanBuilder plan)
    {
        if (plan.Transcript.Turns.Count <= plan.Options.PruneAfterTurns && plan.Free >= 0)
            return;
        var first = plan.Count;
        for (var messages = 0; first > 0; first--)
        {
            messages += plan.Group(first - 1).Messages.Count;
            if (messages > plan.Options.PruneMaxMessages)
                break;
        }

        for (var i = 0; i < first; i++)
            plan.Drop(i, FormattableString.Invariant($"older than the newest {plan.Options.PruneMaxMessages} messages"));
    }
}
