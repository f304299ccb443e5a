using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Reducing.Shortening;
using Strata.Summaries;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Rendering;

/// <summary>Turns a plan and its summaries into messages.</summary>
/// <remarks>
/// Kept messages are the caller's own instances; shortened ones are new messages whose untouched contents are the caller's own. The order
/// is that of the transcript; a summary stands where the first group it covers stood, but never between a call and its results.
/// </remarks>
public static class Renderer
{
    /// <param name="transcript">What was planned for.</param>
    /// <param name="plan">A valid plan for it.</param>
    /// <param name="summaries">One for each of the plan's summaries, in their order.</param>
    /// <param name="summaryRole">The role in which summaries are sent.</param>
    /// <param name="tokens">The tokens of the transcript; what is shortened is measured with the same counter.</param>
    public static IReadOnlyList<OutgoingMessage> Render(
        Transcript transcript, CompactionPlan plan, IReadOnlyList<Summary> summaries, ChatRole summaryRole, TokenMap tokens)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(summaries);
        var places = SummaryPlaces(transcript, plan);
        var rendered = new List<OutgoingMessage>(transcript.Messages.Count);
        for (var i = 0; i < transcript.Messages.Count; i++)
        {
            if (places.TryGetValue(i, out var starting))
            {
                foreach (var summary in starting)
                    rendered.Add(SummaryMessage(transcript, plan.Summaries[summary], summaries[summary], summaryRole));
            }

            var decision = plan.Decisions[transcript.GroupOfMessage[i]];
            if (decision.Action == GroupAction.Keep)
                rendered.Add(new OutgoingMessage(transcript.Messages[i], i));
            else if (decision is { Action: GroupAction.Shorten, Caps: { } caps })
                rendered.Add(new OutgoingMessage(MessageShortener.Shorten(transcript, i, caps, decision.Superseded, tokens), i));
        }

        return rendered;
    }

    private static Dictionary<int, List<int>> SummaryPlaces(Transcript transcript, CompactionPlan plan)
    {
        var places = new Dictionary<int, List<int>>();
        for (var s = 0; s < plan.Summaries.Count; s++)
        {
            var place = transcript.Groups[plan.Summaries[s].Groups[0]].MessageIndexes[0];

            // A group whose calls and results lie on both sides of the place is not torn: the summary goes before it.
            for (var g = 0; g < plan.Decisions.Count; g++)
            {
                var stays = plan.Decisions[g].Action is GroupAction.Keep or GroupAction.Shorten;
                if (stays && transcript.Groups[g].MessageIndexes is var span && span[0] < place && span[^1] > place)
                    (place, g) = (span[0], -1);
            }

            if (!places.TryGetValue(place, out var here))
                places[place] = here = [];
            here.Add(s);
        }

        return places;
    }

    private static OutgoingMessage SummaryMessage(Transcript transcript, PlannedSummary planned, Summary summary, ChatRole role) =>
        new(new ChatMessage(role, summary.Text), SourceIndex: -1)
        {
            Replaces = [.. planned.Groups.SelectMany(group => transcript.Groups[group].MessageIndexes).Order()],
        };
}
