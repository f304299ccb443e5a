using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Planning.Hierarchy;

/// <summary>The finest parts of a summary: what earlier summaries told, and each segment that leaves.</summary>
internal static class Leaves
{
    // "User: " and the like before what each of them said.
    private const int Speakers = 6;

    // A summary of less is no shorter than what it stands for.
    private const int SmallestSummary = 50;

    public static List<PlannedPart> Of(PlanBuilder plan, IReadOnlySet<int> leaving, IReadOnlyList<Segment> segments)
    {
        var leaves = new List<PlannedPart>();
        foreach (var group in leaving.Order())
            leaves.AddRange(EarlierParts.Of(group, plan.Transcript, plan.Options.Hierarchy.Levels[^1].Level, plan.Tokens.Counter.Text));
        foreach (var segment in segments)
        {
            if (LeafOf(plan, leaving, segment) is { } leaf)
                leaves.Add(leaf);
        }

        return leaves;
    }

    private static PlannedPart? LeafOf(PlanBuilder plan, IReadOnlySet<int> leaving, Segment segment)
    {
        var all = Enumerable.Range(segment.FirstGroup, segment.EndGroup - segment.FirstGroup).ToList();
        var gone = all.Where(leaving.Contains).ToList();
        if (gone.Count == 0)
            return null;
        // A pin that stays now leaves later, and the node is to be the same then.
        var told = all.All(group => leaving.Contains(group) || plan.PinOf(group) is not (Pin.None or Pin.User)) ? all : gone;
        var tokens = told.Sum(plan.Tokens.OfGroup);
        if (tokens >= plan.Options.Hierarchy.PassThroughTokens && plan.Options.Hierarchy.Levels[0] is { Level: 1 } first)
            return LeafOf(told, first.Level, Math.Min(first.MaxTokens, Math.Max(SmallestSummary, tokens / 2)), tokens);
        var words = gone.Sum(plan.Tokens.OfGroup);
        return LeafOf(gone, 0, words + (Speakers * gone.Count), words);
    }

    private static PlannedPart LeafOf(List<int> groups, int level, int maxTokens, int covered) =>
        new()
        {
            Level = level,
            MaxTokens = maxTokens,
            CoveredTokens = covered,
            Groups = groups,
            FirstGroup = groups[0],
            LastGroup = groups[^1]
        };
}
