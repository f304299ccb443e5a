namespace Strata.Planning;

/// <summary>Shortens pins that would leave nothing for what has been done since: a task of ten pages in a target of eleven.</summary>
internal static class PinRoom
{
    /// <summary>
    /// Shortens pins until they have at most <paramref name="allowed"/> tokens, as far as they can be shortened; and the newest tool results, which may have as
    /// many again: a long result is no reason to cut what the user said.
    /// </summary>
    public static void Make(PlanBuilder plan, int allowed)
    {
        Make(plan, allowed, [.. Pinned(plan).Where(group => plan.PinOf(group) != Pin.UnreadResults)]);
        Make(plan, allowed, [.. Pinned(plan).Where(group => plan.PinOf(group) == Pin.UnreadResults)]);
    }

    public static bool WasMade(PlanBuilder plan) => Pinned(plan).Any(group => plan.ActionOf(group) == GroupAction.Shorten);

    private static IEnumerable<int> Pinned(PlanBuilder plan) => Enumerable.Range(0, plan.Count).Where(group => plan.PinOf(group) is not (Pin.None or Pin.Summary));

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
