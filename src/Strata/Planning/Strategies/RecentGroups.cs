using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>The recent part of a conversation: how far back it reaches and what it holds.</summary>
internal static class RecentGroups
{
    private const string Recent = "recent, long contents cut to head and tail";

    /// <summary>
    /// The first group of the newest ones that fit into <paramref name="allowance"/> tokens, pins not counted. Long contents of the window are
    /// shortened rather than ending it: one huge result must not be all that the model remembers.
    /// </summary>
    public static int Window(PlanBuilder plan, int allowance)
    {
        // The newest group is what the model acts on next and may be longer.
        var caps = ContentCaps.Of(Math.Max(500, allowance / 2));
        var first = plan.Count;
        for (long used = 0; first > 0; first--)
        {
            if (plan.PinOf(first - 1) != Pin.None)
                continue;
            used += plan.TokensIfShortened(first - 1, caps);
            if (used > allowance)
                break;
            plan.Shorten(first - 1, caps, Recent);
            caps = OlderCaps(plan);
        }

        return first;
    }

    /// <summary>Gives what the plan has free to the window that starts at <paramref name="first"/>: older groups come back, then longer contents.</summary>
    public static void Fill(PlanBuilder plan, int first)
    {
        var caps = OlderCaps(plan);
        for (; first > 0; first--)
        {
            if (plan.PinOf(first - 1) != Pin.None)
                continue;
            if (plan.TokensIfShortened(first - 1, caps) > plan.Free)
                break;
            plan.Keep(first - 1, "");
            plan.Shorten(first - 1, caps, Recent);
        }

        for (var i = plan.Count - 1; i >= first && plan.Free > 0; i--)
        {
            if (plan.ActionOf(i) == GroupAction.Shorten && plan.PinOf(i) == Pin.None)
                Lengthen(plan, i);
        }
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

    /// <summary>Lets a summary stand for every group before <paramref name="end"/>.</summary>
    public static void SummarizeBefore(PlanBuilder plan, int end)
    {
        for (var i = 0; i < end; i++)
            plan.Summarize(i, plan.Group(i).Kind == GroupKind.Summary ? "taken up into the new summary" : "older than what is kept");
    }

    public static bool IsDialogue(ChatMessage message) => message.Role == ChatRole.User || message.Role == ChatRole.Assistant;

    private static ContentCaps OlderCaps(PlanBuilder plan) => ContentCaps.Of(Math.Max(250, plan.Target / 10));

    private static void Lengthen(PlanBuilder plan, int group)
    {
        var room = plan.Free + plan.TokensOf(group);
        for (var cap = plan.Tokens.OfGroup(group); cap > OlderCaps(plan).Results; cap = cap * 3 / 4)
        {
            if (plan.TokensIfShortened(group, ContentCaps.Of(cap)) > room)
                continue;
            plan.Keep(group, "");
            plan.Shorten(group, ContentCaps.Of(cap), Recent);
            return;
        }
    }
}
