using Strata.Calls;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata;

/// <summary>Puts results and receipts together.</summary>
internal static class CompactionOutcomes
{
    public static CompactionResult Untouched(
        CompactionOutcome outcome, string reason, CompactionRequest request, TokenUsage usage, CompactionPlan? plan = null) => new()
        {
            Outcome = outcome,
            Reason = reason,
            Messages = request.Messages,
            Outgoing = [.. request.Messages.Select((message, i) => new OutgoingMessage(message, i))],
            Usage = usage,
            TokensAfter = usage.Current,
            MessagesPreserved = request.Messages.Count,
            Plan = plan,
        };

    public static CompactionResult Compacted(
        TokenUsage usage, CarriedOut carried, Transcript transcript, string? model, string? agentId, CallUsage usageOfModels,
        DateTimeOffset at, int highestLevel)
    {
        var (plan, summaries, outgoing) = carried;
        var preserved = outgoing.Count(message => message.SourceIndex >= 0);
        var written = summaries.Where(summary => summary.WrittenBy != SummaryWriter.Notice).ToList();
        return new CompactionResult
        {
            Outcome = CompactionOutcome.Compacted,
            Reason = FormattableString.Invariant($"{usage.Current:N0} tokens became {plan.TokensAfter:N0}") + NotAsked(plan, highestLevel),
            Messages = [.. outgoing.Select(message => message.Message)],
            Outgoing = outgoing,
            Usage = usage,
            TokensAfter = plan.TokensAfter,
            Plan = plan,
            MessagesRemoved = transcript.Messages.Count - preserved,
            MessagesPreserved = preserved,
            // What code carries stands beside whatever models wrote.
            Levels = [.. written.SelectMany(summary =>
                summary.Nodes.Select(node => node.Level).Append(summary.Nodes.Count > 0 ? 0 : summary.Level)).Distinct().Order()],
            Summaries = written,
            Receipt = ReceiptBuilder.Build(usage.Current, carried, transcript, model, agentId, usageOfModels, at),
        };
    }

    // Whoever pays for a level wants to know why it did not write.
    private static string NotAsked(CompactionPlan plan, int highestLevel) =>
        plan.Summaries.SelectMany(summary => summary.Parts).Select(part => part.Level).DefaultIfEmpty(highestLevel).Max() is var asked
        && asked < highestLevel && asked > 0
            ? FormattableString.Invariant($"; level {highestLevel} was not asked: what level {asked} writes fits")
            : "";
}
