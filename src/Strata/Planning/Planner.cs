using System.Globalization;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>
/// Makes a plan that fits: a strategy chooses, then rungs are climbed until the target is reached. Each rung frees tokens or is passed
/// over, their number is fixed, and the last needs no model, so planning always ends: with a plan that fits or with the reason why none
/// does.
/// </summary>
public static class Planner
{
    // Below this a summary says nothing that its header does not.
    private const int WorthReading = 160;

    // What the pins leave has to tell what was done since.
    private const double MostOfPins = .75;

    // Notices: of so much, a header takes what the user's words need.
    private const int TooLittle = 4;

    /// <param name="transcript">What is to be compacted.</param>
    /// <param name="tokens">Its tokens.</param>
    /// <param name="strategy">Who chooses.</param>
    /// <param name="options">What the strategy is told.</param>
    /// <param name="target">Tokens to end at or below, the request around the messages included.</param>
    /// <param name="requestTokens">Tokens that are sent beside the messages: instructions, tool schemas.</param>
    /// <param name="pinned">Indexes of the groups that the user pinned.</param>
    public static CompactionPlan Plan(
        Transcript transcript, TokenMap tokens, ICompactionStrategy strategy, StrategyOptions options, int target, int requestTokens,
        IReadOnlySet<int> pinned)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(strategy);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(pinned);
        var pins = Pins.Find(transcript, pinned);
        var plan = new PlanBuilder(transcript, tokens, target, requestTokens, options, pins);
        var before = plan.Total;
        var rungs = new List<string>();
        if (!ClearSuperseded(plan, rungs))
        {
            PinRoom.Make(plan, MostOfPins, MostOfPins);
            strategy.Plan(plan);
            if (PinRoom.WasMade(plan))
                rungs.Add(Rungs.ShortenPins);
        }

        LeaveOutInvalid(plan);
        TakeUpSummaries(plan, evenAlone: plan.Summarizes && plan.Free < 0);
        plan.FitSummary();
        Climb(plan, rungs);
        TakeUpSummaries(plan, evenAlone: false);
        // What was taken up makes the summary longer than it was while the rungs were climbed.
        plan.LessenSummary(plan.SmallestSummary);
        UndoWhatDoesNotPay(plan);
        return plan.Build(strategy.Name, rungs, before, plan.Free >= 0 ? null : WhyNot(plan, requestTokens));
    }

    private static void Climb(PlanBuilder plan, List<string> rungs)
    {
        Take(Rungs.ClearToolResults, () => OldToolResults.ClearOld(plan));
        Take(Rungs.Shorten,
            () => ShortenUntilFits(plan, (group, caps) => plan.Shorten(group, caps, "long, cut to head and tail"), Unpinned));
        Take(Rungs.DropOldest, () => LeaveOldest(plan));
        Take(Rungs.SmallerSummary, () => plan.LessenSummary(WorthReading));
        Take(Rungs.ShortenPins, () => ShortenUntilFits(plan, plan.ShortenPin, group => PinRoom.IsNewest(plan.PinOf(group))));
        Take(Rungs.ShortenPins,
            () => ShortenUntilFits(plan, plan.ShortenPin, group => Pinned(group) && !PinRoom.IsStart(plan.PinOf(group))));
        Take(Rungs.TakeUpPins, () => TakeUpPins(plan));
        Take(Rungs.SmallerSummary, () => plan.LessenSummary(plan.SmallestSummary));
        Take(Rungs.ShortenPins, () => ShortenUntilFits(plan, plan.ShortenPin, group => plan.PinOf(group) == Pin.ClientContext));
        Take(Rungs.ShortenPins, () => ShortenUntilFits(plan, plan.ShortenPin, Pinned));

        void Take(string rung, Action climb)
        {
            if (plan.Free >= 0)
                return;
            var total = plan.Total;
            climb();
            if (plan.Total < total && !rungs.Contains(rung))
                rungs.Add(rung);
        }

        bool Unpinned(int group) => plan.PinOf(group) == Pin.None;

        bool Pinned(int group) => plan.PinOf(group) is not (Pin.None or Pin.User);
    }

    // True when that is enough: then nothing that is still true has to leave.
    private static bool ClearSuperseded(PlanBuilder plan, List<string> rungs)
    {
        if (plan.Free >= 0)
            return false;
        var total = plan.Total;
        var recent = RecentGroups.Newest(plan, plan.Options.PreserveLast, RecentGroups.IsDialogue);
        foreach (var (group, reads) in SupersededReads.Find(plan.Transcript))
        {
            if (group < recent)
                plan.Supersede(group, reads);
        }

        if (plan.Total == total)
            return false;
        rungs.Add(Rungs.SupersededReads);
        return plan.Free >= 0;
    }

    /// <summary>No vendor accepts a result without its call, or goes on after a call without its result.</summary>
    private static void LeaveOutInvalid(PlanBuilder plan)
    {
        for (var i = 0; i < plan.Count; i++)
        {
            if (plan.ActionOf(i) is not (GroupAction.Keep or GroupAction.Shorten))
                continue;
            var group = plan.Group(i);
            if (group.Kind == GroupKind.OrphanResult)
                Leave(plan, i, "result without its call");
            else if (group.OpenCalls.Count > 0 && plan.PinOf(i) == Pin.None)
                Leave(plan, i, "call that was never answered");
        }
    }

    // A target of two sentences has no room for two messages with a handle each; one summary tells what both said.
    private static void TakeUpPins(PlanBuilder plan)
    {
        if (plan.Summarizes)
            plan.TakeUpPins("no room for a message of its own, told in the summary");
    }

    private static void ShortenUntilFits(PlanBuilder plan, Action<int, ContentCaps> shorten, Func<int, bool> concerns)
    {
        foreach (var cap in ContentCaps.Steps)
        {
            for (var i = 0; i < plan.Count && plan.Free < 0; i++)
            {
                if (concerns(i) && plan.ActionOf(i) is GroupAction.Keep or GroupAction.Shorten)
                    shorten(i, ContentCaps.Of(cap));
            }
        }
    }

    private static void LeaveOldest(PlanBuilder plan)
    {
        for (var i = 0; i < plan.Count && plan.Free < 0; i++)
        {
            // A segment leaves whole: its summary is to be the same when the rest of it has to go as well.
            var end = plan.HasParts
                && plan.Segments.FirstOrDefault(segment => segment.FirstGroup <= i && i < segment.EndGroup) is { EndGroup: > 0,
                    IsOpen: false } segment ? segment.EndGroup : i + 1;
            for (; i < end; i++)
                LeaveIfUnpinned(i);
            i--;
        }

        void LeaveIfUnpinned(int group)
        {
            if (plan.PinOf(group) == Pin.None && plan.ActionOf(group) is GroupAction.Keep or GroupAction.Shorten)
                Leave(plan, group, "oldest of what was left, no room");
        }
    }

    // One conversation, one summary: where a new one is written, what earlier ones say goes on in it. An earlier one that is too large for
    // the target is written anew as well, also where nothing else leaves: cut to its ends it would lose most of what it says.
    private static void TakeUpSummaries(PlanBuilder plan, bool evenAlone)
    {
        for (var i = 0; i < plan.Count && (evenAlone || plan.HasSummary); i++)
        {
            if (plan.PinOf(i) == Pin.Summary && plan.ActionOf(i) is GroupAction.Keep or GroupAction.Shorten)
                plan.Summarize(i, "taken up into the new summary");
        }
    }

    private static void Leave(PlanBuilder plan, int group, string reason)
    {
        if (plan.Summarizes)
            plan.Summarize(group, reason);
        else
            plan.Drop(group, reason);
    }

    // Never expand: what costs less than the line that says it is gone stays. Nothing is gained where an invalid group has to go anyway.
    private static void UndoWhatDoesNotPay(PlanBuilder plan)
    {
        var isTooLittle = IsTooLittleToSummarize(plan);
        if (plan.Leaving == 0 || (plan.Leaving > plan.NoticeTokens && !isTooLittle))
            return;
        var gone = Enumerable.Range(0, plan.Count).Where(i => plan.ActionOf(i) is GroupAction.Drop or GroupAction.Summarize).ToList();
        var valid = gone.Where(i => plan.Group(i).Kind != GroupKind.OrphanResult && plan.Group(i).OpenCalls.Count == 0).ToList();
        if (valid.Count < gone.Count && !isTooLittle)
            return;
        foreach (var group in valid)
        {
            if (valid.Count == gone.Count || plan.Tokens.OfGroup(group) <= plan.Free)
                plan.Keep(group, "cheaper to keep than to say that it is gone");
        }
    }

    // Below its header a summary of so little has no room for a word of it.
    private static bool IsTooLittleToSummarize(PlanBuilder plan) =>
        plan.HasSummary && plan.Leaving <= TooLittle * plan.NoticeTokens && plan.Leaving <= plan.SummaryTokens + plan.Free;

    private static string WhyNot(PlanBuilder plan, int requestTokens)
    {
        if (requestTokens >= plan.Target)
            return FormattableString.Invariant(
                $"instructions and tools alone are {requestTokens:N0} tokens, the target is {plan.Target:N0}");
        var byUser =
            Enumerable.Range(0, plan.Count).Where(group => plan.PinOf(group) == Pin.User).Sum(group => (long)plan.Tokens.OfGroup(group));
        return byUser > 0
            ? string.Create(
                CultureInfo.InvariantCulture, $"what you pinned is {byUser:N0} tokens and stays word for word; the smallest conversation "
                + $"around it is {plan.Total:N0}, the target is {plan.Target:N0}")
            : FormattableString.Invariant($"the smallest valid conversation is {plan.Total:N0} tokens, the target is {plan.Target:N0}");
    }
}
