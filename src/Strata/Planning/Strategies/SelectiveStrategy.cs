using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>Trivial exchanges are dropped, work is summarized, decisions and instructions stay word for word while there is room.</summary>
internal sealed class SelectiveStrategy : ICompactionStrategy
{
    public string Name => "selective";

    public void Plan(PlanBuilder plan)
    {
        plan.Summarizes = true;
        plan.SummaryAllowance = Math.Min(plan.Options.MaxSummaryTokens, (int)(plan.Target * plan.Options.SummaryShare));
        var recent = RecentGroups.Newest(plan, plan.Options.PreserveLast, RecentGroups.IsDialogue);
        for (var i = 0; i < recent; i++)
        {
            var group = plan.Group(i);
            if (group.Importance == Importance.Trivial)
                plan.Drop(i, "trivial exchange");
            else
                plan.Summarize(i, group.Kind == GroupKind.Summary ? "taken up into the new summary" : "work, summarized");
        }

        KeepNewest(plan, recent, Importance.Decision, "decision, word for word");
        KeepNewest(plan, recent, Importance.Instruction, "instruction, word for word");
        OldToolResults.ClearOld(plan);
    }

    // Where room is short, what was decided last is what holds.
    private static void KeepNewest(PlanBuilder plan, int end, Importance importance, string reason)
    {
        for (var i = end - 1; i >= 0; i--)
        {
            if (plan.Group(i).Importance == importance && plan.Group(i).Kind != GroupKind.Summary && plan.Free >= plan.Tokens.OfGroup(i))
                plan.Keep(i, reason);
        }
    }
}
