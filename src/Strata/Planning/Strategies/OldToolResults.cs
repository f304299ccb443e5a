using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>Clearing of old tool results: the calls stay, their results keep a marker with a handle.</summary>
internal static class OldToolResults
{
    /// <summary>Clears what is older than the results that the options preserve.</summary>
    public static void ClearOld(PlanBuilder plan)
    {
        var preserved = plan.Options.PreserveToolResults ? plan.Options.MaxToolResults : 1;
        var results = 0;
        for (var i = plan.Count - 1; i >= 0; i--)
        {
            if (plan.Group(i).Kind != GroupKind.ToolCall || plan.ActionOf(i) is not (GroupAction.Keep or GroupAction.Shorten))
                continue;
            if (results >= preserved)
                plan.Shorten(i, ContentCaps.ForResults(ContentCaps.Smallest), "old tool result, cleared");
            results += plan.Group(i).Messages.Sum(message => message.Contents.Count(content => content is FunctionResultContent));
        }
    }
}
