namespace Strata.Planning;

/// <summary>The newest groups that fit stay, older ones are dropped.</summary>
internal sealed class SlidingWindowStrategy : ICompactionStrategy
{
    public string Name => "sliding-window";

    public void Plan(PlanBuilder plan)
    {
        var room = plan.RoomBesidePins(plan.NoticeTokens, summariesStay: true);
        var first = RecentGroups.Window(plan, Math.Min(room, plan.Options.RecentTokens ?? room));
        for (var i = 0; i < first; i++)
            plan.Drop(i, "older than the window");
        if (plan.Options.RecentTokens is null)
            RecentGroups.Fill(plan, first);
    }
}
