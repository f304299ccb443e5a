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
/// is that of the transcript. A summary stands behind the last of what it tells, so that what stands behind it came after it; never between
/// a call and its results, and behind the user's first task unless it tells what came before that.
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
        var places = plan.Summaries.Select(planned => SummaryPlace.Of(planned, transcript, plan)).ToArray();
        var rendered = new List<OutgoingMessage>(transcript.Messages.Count);
        for (var i = 0; i < transcript.Messages.Count; i++)
        {
            AddSummaries(i);
            var decision = plan.Decisions[transcript.GroupOfMessage[i]];
            if (decision.Action == GroupAction.Keep)
                rendered.Add(new OutgoingMessage(transcript.Messages[i], i));
            else if (decision is { Action: GroupAction.Shorten, Caps: { } caps })
                rendered.Add(new OutgoingMessage(MessageShortener.Shorten(transcript, i, caps, decision.Superseded, tokens), i));
        }

        AddSummaries(transcript.Messages.Count);
        return rendered;

        void AddSummaries(int place)
        {
            for (var s = 0; s < places.Length; s++)
            {
                if (places[s] == place)
                    rendered.Add(SummaryMessage(transcript, plan.Summaries[s], summaries[s], summaryRole));
            }
        }
    }

    private static OutgoingMessage SummaryMessage(Transcript transcript, PlannedSummary planned, Summary summary, ChatRole role) =>
        new(new ChatMessage(role, summary.Text), SourceIndex: -1)
        {
            Replaces = [.. planned.Groups.SelectMany(group => transcript.Groups[group].MessageIndexes).Order()],
        };
}
