using Strata.Planning.Hierarchy;

namespace Strata.Planning;

/// <summary>
/// A window of the newest groups, and of what left it a summary that tells less the longer ago it was. Without models it is <c>hybrid</c>.
/// </summary>
internal sealed class HierarchicalStrategy : ICompactionStrategy
{
    private const double PinShare = .4;
    private const double ResultShare = .2;

    // Half for what models write and code carries, half for the conversation itself.
    private const double SummaryShare = .5;

    public string Name => "hierarchical";

    public void Plan(PlanBuilder plan)
    {
        if (plan.Options.Hierarchy.Levels.Count == 0)
        {
            new HybridStrategy().Plan(plan);
            return;
        }

        plan.Summarizes = true;
        plan.HasParts = true;
        PinRoom.Make(plan, PinShare, ResultShare);
        plan.SummaryAllowance = Math.Min(plan.Options.MaxSummaryTokens, (int)(plan.Target * SummaryShare));
        var room = plan.RoomBesidePins(plan.SummaryAllowance, summariesStay: false);
        var first = StartOfSegment(plan, RecentGroups.Window(plan, Math.Min(room, plan.Options.RecentTokens ?? room)));
        RecentGroups.SummarizeBefore(plan, first);
        if (plan.Options.RecentTokens is null)
            RecentGroups.LengthenFrom(plan, BringBack(plan, first));
    }

    // A segment that left in part would be paid for now, and once more when it has left as a whole.
    private static int StartOfSegment(PlanBuilder plan, int first)
    {
        var torn = plan.Segments.FirstOrDefault(segment => segment.FirstGroup < first && first < segment.EndGroup);
        return torn.EndGroup > 0 && torn.EndGroup < plan.Count ? torn.EndGroup : first;
    }

    // Whole segments, the newest first, as long as there is room for them as they are.
    private static int BringBack(PlanBuilder plan, int first)
    {
        foreach (var segment in plan.Segments.Reverse().SkipWhile(segment => segment.EndGroup > first))
        {
            if (segment.Tokens > plan.Free)
                break;
            for (var i = segment.FirstGroup; i < segment.EndGroup; i++)
                plan.Keep(i, "");
            first = segment.FirstGroup;
        }

        return first;
    }
}
