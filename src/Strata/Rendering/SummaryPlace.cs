using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Rendering;

/// <summary>Where a summary stands among the messages that stay.</summary>
internal static class SummaryPlace
{
    /// <summary>The position of the message before which it stands; the number of messages when it stands last.</summary>
    public static int Of(PlannedSummary summary, Transcript transcript, CompactionPlan plan)
    {
        var covered = summary.Groups.Select(group => transcript.Groups[group]).ToList();
        var stays = transcript.Groups
            .Where(group => plan.Decisions[group.Index].Action is GroupAction.Keep or GroupAction.Shorten).ToList();
        // What no vendor accepts leaves wherever it stands, and says nothing of when the rest of the summary happened.
        var told = covered.Where(group => group.Kind != GroupKind.OrphanResult && group.OpenCalls.Count == 0).ToList();
        var place = told.Count == 0 ? covered[0].MessageIndexes[0] : told.Max(group => group.MessageIndexes[^1]) + 1;

        // An earlier summary is of the time before the task; anything else before it is what the client sent with it.
        if (covered.TrueForAll(group => group.Kind != GroupKind.Summary)
            && FirstRequest.In(transcript) is { } task && stays.Contains(task))
            place = Math.Max(place, task.MessageIndexes[^1] + 1);

        for (var torn = Torn(place); torn is not null; torn = Torn(place))
            place = torn.MessageIndexes[^1] + 1;
        // Results that are still to come follow their calls; an approval may come whatever was said meanwhile.
        if (stays.Find(group => group.OpenCalls.Count > 0 && group.MessageIndexes[0] < place
            && !group.Messages.Any(message => message.Contents.Any(content => content is ToolApprovalRequestContent))) is { } open)
        {
            place = open.MessageIndexes[0];
            for (var torn = Torn(place); torn is not null; torn = Torn(place))
                place = torn.MessageIndexes[0];
        }

        return place;

        MessageGroup? Torn(int at) => stays.Find(group => group.MessageIndexes[0] < at && group.MessageIndexes[^1] >= at);
    }
}
