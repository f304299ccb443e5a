using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>The recent part of a conversation: how far back it reaches and what it holds.</summary>
internal static class RecentGroups
{
    private const string Recent = "recent, long contents cut to head and tail";

    // Below this head and tail of a content are two shreds.
    private const int SmallestUseful = 64;

    /// <summary>
    /// The first group of the newest ones that fit into <paramref name="allowance"/> tokens, pins not counted. Long contents of the window
    /// are shortened rather than ending it: one huge result must not be all that the model remembers.
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

    /// <summary>
    /// Gives what the plan has free to the pins that were shortened and to the window that starts at <paramref name="first"/>: older groups
    /// come back, the last of them shorter if need be, then longer contents.
    /// </summary>
    public static void Fill(PlanBuilder plan, int first)
    {
        // What is free here the summary could still use, unless it has all that it may have.
        var summaryIsFull = plan.SummaryAllowance >= plan.Options.MaxSummaryTokens;
        for (var i = 0; i < plan.Count && summaryIsFull && plan.Free > 0; i++)
        {
            if (plan.ActionOf(i) == GroupAction.Shorten && plan.PinOf(i) is not (Pin.None or Pin.Summary))
                Lengthen(plan, i, Pins.Reason(plan.PinOf(i)) + ", long contents cut to head and tail");
        }

        var caps = OlderCaps(plan);
        for (var isLast = false; first > 0 && !isLast; first--)
        {
            if (plan.PinOf(first - 1) != Pin.None)
                continue;
            for (; summaryIsFull && plan.TokensIfShortened(first - 1, caps) > plan.Free && caps.Results > SmallestUseful; isLast = true)
                caps = ContentCaps.Of(caps.Results / 2);
            if (plan.TokensIfShortened(first - 1, caps) > plan.Free)
                break;
            plan.Keep(first - 1, "");
            plan.Shorten(first - 1, caps, Recent);
        }

        LengthenFrom(plan, first);
    }

    /// <summary>Gives what the plan has free to the shortened groups from <paramref name="first"/> on, the newest first.</summary>
    public static void LengthenFrom(PlanBuilder plan, int first)
    {
        for (var i = plan.Count - 1; i >= first && plan.Free > 0; i--)
        {
            if (plan.ActionOf(i) == GroupAction.Shorten && plan.PinOf(i) == Pin.None)
                Lengthen(plan, i, Recent);
        }
    }

    /// <summary>
    /// The first group of the newest ones that hold <paramref name="count"/> messages for which <paramref name="counts"/> is true.
    /// </summary>
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

    private static void Lengthen(PlanBuilder plan, int group, string reason)
    {
        var now = plan.TokensOf(group);
        var room = plan.Free + now;
        for (var cap = plan.Tokens.OfGroup(group); cap > ContentCaps.Smallest; cap = cap * 3 / 4)
        {
            var tokens = plan.TokensIfShortened(group, ContentCaps.Of(cap));
            if (tokens <= now)
                return;
            if (tokens > room)
                continue;
            plan.Keep(group, "");
            plan.Shorten(group, ContentCaps.Of(cap), reason);
            return;
        }
    }
}
