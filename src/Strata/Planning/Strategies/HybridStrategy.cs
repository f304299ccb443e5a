namespace Strata.Planning;

/// <summary>A window of the newest groups, and a summary of what left it.</summary>
internal sealed class HybridStrategy : ICompactionStrategy
{
    public string Name => "hybrid";

    public void Plan(PlanBuilder plan)
    {
        plan.Summarizes = true;
        plan.SummaryAllowance = Math.Min(plan.Options.MaxSummaryTokens, (int)(plan.Target * plan.Options.SummaryShare));
        var room = plan.RoomBesidePins(plan.SummaryAllowance, summariesStay: false);
        var first = RecentGroups.Window(plan, Math.Min(room, plan.Options.RecentTokens ?? room));
        RecentGroups.SummarizeBefore(plan, first);
        if (plan.Options.RecentTokens is null)
            RecentGroups.Fill(plan, first);
    }
}
