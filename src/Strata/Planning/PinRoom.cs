namespace Strata.Planning;

/// <summary>Shortens pins that would leave nothing for what has been done since: a task of ten pages in a target of eleven.</summary>
/// <remarks>
/// System messages and the client's own context are never shortened here. They are what the conversation starts from, and everything else
/// gives way to them; only the last rungs may cut what alone exceeds the target.
/// </remarks>
internal static class PinRoom
{
    /// <summary>
    /// Shortens the user's pinned messages and open calls until they have at most <paramref name="share"/> of what the request, the system
    /// messages and the client's context leave of the target, as far as they can be shortened; and the newest tool results, or the newest
    /// answer, until they have at most <paramref name="shareOfResults"/> of it: a long result is no reason to cut what the user said.
    /// </summary>
    public static void Make(PlanBuilder plan, double share, double shareOfResults)
    {
        var room = Math.Max(0, plan.RoomBesideStart());
        Make(plan, (int)(room * share), [.. Pinned(plan).Where(group => !IsStart(plan.PinOf(group)) && !IsNewest(plan.PinOf(group)))]);
        Make(plan, (int)(room * shareOfResults), [.. Pinned(plan).Where(group => IsNewest(plan.PinOf(group)))]);
    }

    /// <summary>Whether the conversation starts from it.</summary>
    public static bool IsStart(Pin pin) => pin is Pin.System or Pin.ClientContext;

    /// <summary>Whether the conversation ends with it.</summary>
    public static bool IsNewest(Pin pin) => pin is Pin.UnreadResults or Pin.LatestAnswer;

    public static bool WasMade(PlanBuilder plan) => Pinned(plan).Any(group => plan.ActionOf(group) == GroupAction.Shorten);

    private static IEnumerable<int> Pinned(PlanBuilder plan) =>
        Enumerable.Range(0, plan.Count).Where(group => plan.PinOf(group) is not (Pin.None or Pin.Summary));

    private static void Make(PlanBuilder plan, int allowed, List<int> groups)
    {
        if (groups.Sum(group => (long)plan.TokensOf(group)) <= allowed)
            return;
        foreach (var cap in ContentCaps.Steps)
        {
            var sum = 0L;
            foreach (var group in groups)
            {
                plan.ShortenPin(group, ContentCaps.Of(cap));
                sum += plan.TokensOf(group);
            }

            if (sum <= allowed)
                return;
        }
    }
}
