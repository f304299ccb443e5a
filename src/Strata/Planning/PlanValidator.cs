using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>Checks every plan before it is carried out, whoever made it.</summary>
public static class PlanValidator
{
    /// <summary>What is wrong with the plan, in words; empty for a valid plan.</summary>
    public static IReadOnlyList<string> Check(CompactionPlan plan, Transcript transcript, IReadOnlySet<int> pinned)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(pinned);
        var faults = new List<string>();
        if (plan.Decisions.Count != transcript.Groups.Count)
            return [FormattableString.Invariant($"{plan.Decisions.Count} decisions for {transcript.Groups.Count} groups")];
        var pins = Pins.Find(transcript, pinned);
        var covered = new HashSet<int>(plan.Summaries.SelectMany(summary => summary.Groups));
        for (var i = 0; i < pins.Length; i++)
            faults.AddRange(Check(plan.Decisions[i], transcript.Groups[i], pins[i], covered.Contains(i),
                plan.RungsTaken.Contains(Rungs.TakeUpPins) && Pins.MayBeTold(pins, i)).Select(fault => $"group {i}: {fault}"));
        if (plan.Summaries.Sum(summary => summary.Groups.Count) != covered.Count)
            faults.Add("a group is covered by two summaries");
        if (plan.CannotFit is null && plan.TokensAfter > plan.Target)
            faults.Add(FormattableString.Invariant($"{plan.TokensAfter} tokens after, the target is {plan.Target}"));
        return faults;
    }

    private static IEnumerable<string> Check(GroupDecision decision, MessageGroup group, Pin pin, bool covered, bool isTold)
    {
        var leaves = decision.Action is GroupAction.Drop or GroupAction.Summarize;
        if (decision.Group != group.Index)
            yield return FormattableString.Invariant($"the decision is about group {decision.Group}");
        if (leaves != covered)
            yield return leaves ? "it leaves, and nothing says so" : "it stays and is summarized too";
        var told = pin == Pin.Summary || isTold;
        if (leaves && pin != Pin.None && !(told && decision.Action == GroupAction.Summarize))
            yield return $"a pin leaves ({Pins.Reason(pin)})";
        if (pin == Pin.User && decision.Action != GroupAction.Keep)
            yield return "what the user pinned is not kept word for word";
        if (decision.TokensAfter > decision.TokensBefore)
            yield return "it grows";
        if (decision.Action == GroupAction.Shorten && decision.Caps is null)
            yield return "it is shortened to no length";
    }
}
