using Strata.Formats;
using Strata.Planning;
using Strata.Summaries;
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
        TokenUsage usage, CompactionPlan plan, IReadOnlyList<Summary> summaries, IReadOnlyList<OutgoingMessage> outgoing, int messagesBefore,
        CompactionReceipt receipt)
    {
        var preserved = outgoing.Count(message => message.SourceIndex >= 0);
        var written = summaries.Where(summary => summary.WrittenBy != SummaryWriter.Notice).ToList();
        return new CompactionResult
        {
            Outcome = CompactionOutcome.Compacted,
            Reason = FormattableString.Invariant($"{usage.Current:N0} tokens became {receipt.TokensAfter:N0}"),
            Messages = [.. outgoing.Select(message => message.Message)],
            Outgoing = outgoing,
            Usage = usage,
            TokensAfter = receipt.TokensAfter,
            Plan = plan,
            MessagesRemoved = messagesBefore - preserved,
            MessagesPreserved = preserved,
            Levels = [.. written.Select(summary => summary.Level).Distinct().Order()],
            Summaries = written,
            Receipt = receipt,
        };
    }

    public static CompactionReceipt Receipt(
        Transcript transcript, CompactionPlan plan, IReadOnlyList<Summary> summaries, string? model, int before, int after, DateTimeOffset at) => new()
        {
            Source = transcript.Fingerprint,
            At = at,
            Strategy = plan.Strategy,
            Model = model,
            TokensBefore = before,
            TokensAfter = after,
            Rungs = plan.RungsTaken,
            Cuts =
            [
                .. from decision in plan.Decisions
                   where decision.Action != GroupAction.Keep
                   select new Cut(
                       transcript.Groups[decision.Group].Handle, decision.Action, decision.Reason, decision.TokensBefore, decision.TokensAfter),
            ],
            WrittenBy = [.. summaries.Select(summary => summary.WrittenBy)],
        };
}
