namespace Strata.Planning;

/// <summary>A window of the newest groups, and a summary of what left it.</summary>
internal sealed class HybridStrategy : ICompactionStrategy
{
    // The task and the newest message set the course; what was done since is most of what the summary tells.
    private const double PinShare = .4;
    private const double ResultShare = .2;

    public string Name => "hybrid";

    public void Plan(PlanBuilder plan)
    {
        plan.Summarizes = true;
        PinRoom.Make(plan, PinShare, ResultShare);
        plan.SummaryAllowance = Math.Min(plan.Options.MaxSummaryTokens, (int)(plan.Target * plan.Options.SummaryShare));
        var room = plan.RoomBesidePins(plan.SummaryAllowance, summariesStay: false);
        var first = RecentGroups.Window(plan, Math.Min(room, plan.Options.RecentTokens ?? room));
        RecentGroups.SummarizeBefore(plan, first);
        if (plan.Options.RecentTokens is null)
            RecentGroups.Fill(plan, first);
    }
}
