using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>Finds how far back the recent part of a conversation reaches.</summary>
internal static class RecentGroups
{
    /// <summary>
    /// The first group of the newest ones that fit into <paramref name="allowance"/> tokens, pins not counted. Long contents of the window are
    /// shortened rather than ending it: one huge result must not be all that the model remembers.
    /// </summary>
    public static int Window(PlanBuilder plan, int allowance)
    {
        var caps = ContentCaps.Of(Math.Max(1000, plan.Target / 10));
        var newest = true;
        long used = 0;
        var first = plan.Count;
        for (var i = plan.Count - 1; i >= 0; i--)
        {
            if (plan.PinOf(i) != Pin.None)
            {
                first = first == plan.Count ? first : i;
                continue;
            }

            // The newest group is what the model acts on next and may be longer.
            var fits = newest ? ContentCaps.Of(Math.Max(1000, allowance / 2)) : caps;
            var tokens = plan.TokensIfShortened(i, fits);
            if (used + tokens > allowance)
                break;
            used += tokens;
            newest = false;
            first = i;
            plan.Shorten(i, fits, "recent, long contents cut to head and tail");
        }

        return first;
    }

    /// <summary>The first group of the newest ones that hold <paramref name="count"/> messages for which <paramref name="counts"/> is true.</summary>
    public static int Newest(PlanBuilder plan, int count, Func<ChatMessage, bool> counts)
    {
        var first = plan.Count;
        while (first > 0 && count > 0)
        {
            first--;
            count -= plan.Group(first).Messages.Count(counts);
        }

        return first;
    }

    /// <summary>Lets every group before <paramref name="end"/> leave.</summary>
    public static void SummarizeBefore(PlanBuilder plan, int end)
    {
        for (var i = 0; i < end; i++)
            plan.Summarize(i, plan.Group(i).Kind == GroupKind.Summary ? "taken up into the new summary" : "older than what is kept");
    }

    public static bool IsDialogue(ChatMessage message) => message.Role == ChatRole.User || message.Role == ChatRole.Assistant;
}
