namespace Strata.Planning;

/// <summary>Shortens pins that would leave nothing for what has been done since: a task of ten pages in a target of eleven.</summary>
internal static class PinRoom
{
    /// <summary>Shortens pins until they have at most <paramref name="allowed"/> tokens, as far as they can be shortened.</summary>
    public static void Make(PlanBuilder plan, int allowed)
    {
        if (Pinned(plan).Sum(group => (long)plan.TokensOf(group)) <= allowed)
            return;
        foreach (var cap in ContentCaps.Steps)
        {
            var sum = 0L;
            foreach (var group in Pinned(plan))
            {
                plan.ShortenPin(group, ContentCaps.Of(cap));
                sum += plan.TokensOf(group);
            }

            if (sum <= allowed)
                return;
        }
    }

    public static bool WasMade(PlanBuilder plan) => Pinned(plan).Any(group => plan.ActionOf(group) == GroupAction.Shorten);

    private static IEnumerable<int> Pinned(PlanBuilder plan) => Enumerable.Range(0, plan.Count).Where(group => plan.PinOf(group) is not (Pin.None or Pin.Summary));
}
