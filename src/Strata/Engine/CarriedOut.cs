using Strata.Planning;
using Strata.Summaries;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata;

/// <summary>A plan that was carried out.</summary>
/// <param name="Plan">The plan with the tokens that were measured in place of those that were allowed.</param>
/// <param name="Summaries">What was written for it.</param>
/// <param name="Outgoing">The messages that came of it.</param>
internal sealed record CarriedOut(CompactionPlan Plan, IReadOnlyList<Summary> Summaries, IReadOnlyList<OutgoingMessage> Outgoing)
{
    public static CarriedOut Measure(
        CompactionPlan plan, IReadOnlyList<Summary> summaries, IReadOnlyList<OutgoingMessage> outgoing, Transcript transcript,
        TokenMap tokens,
        int requestTokens)
    {
        var groups = new int[plan.Decisions.Count];
        long total = requestTokens;
        foreach (var (message, source) in outgoing)
        {
            var count = tokens.IsOf(message, source) ? tokens.OfMessage(source).Total : tokens.Counter.Count(message).Total;
            total += count;
            if (source >= 0)
                groups[transcript.GroupOfMessage[source]] += count;
        }

        var decisions = plan.Decisions.Select(decision => decision with { TokensAfter = groups[decision.Group] });
        return new(plan with { Decisions = [.. decisions], TokensAfter = (int)Math.Min(total, int.MaxValue) }, summaries, outgoing);
    }
}
