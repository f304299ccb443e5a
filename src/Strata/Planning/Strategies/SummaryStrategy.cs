namespace Strata.Planning;

/// <summary>The last messages stay, all before them becomes one summary.</summary>
internal sealed class SummaryStrategy : ICompactionStrategy
{
    public string Name => "summary";

    public void Plan(PlanBuilder plan)
    {
        plan.Summarizes = true;
        RecentGroups.SummarizeBefore(plan, RecentGroups.Newest(plan, plan.Options.PreserveLast, RecentGroups.IsDialogue));
        OldToolResults.ClearOld(plan);
    }
}
