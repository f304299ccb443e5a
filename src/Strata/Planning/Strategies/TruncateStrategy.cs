namespace Strata.Planning;

/// <summary>Head and tail stay, the middle is dropped. Fast, and forgets what lies between.</summary>
internal sealed class TruncateStrategy : ICompactionStrategy
{
    public string Name => "truncate";

    public void Plan(PlanBuilder plan)
    {
        var tail = RecentGroups.Newest(plan, plan.Options.PreserveLast, RecentGroups.IsDialogue);
        for (var i = 0; i < tail; i++)
            plan.Drop(i, "between head and tail");

        var head = 0;
        for (var room = plan.Target * plan.Options.HeadShare; head < tail; head++)
        {
            room -= plan.Tokens.OfGroup(head);
            if (room < 0 || plan.Free < plan.Tokens.OfGroup(head))
                break;
            plan.Keep(head, "head of the conversation");
        }

        for (var i = tail - 1; i >= head && plan.Free >= plan.Tokens.OfGroup(i); i--)
            plan.Keep(i, "tail of the conversation");
    }
}
