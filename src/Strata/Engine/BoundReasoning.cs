using Strata.Formats;
using Strata.Planning;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata;

/// <summary>
/// Signed reasoning that its vendor accepts only behind the very system prompt, tools and messages that it was made with. A compaction
/// rewrites these, so none that was made before it stays; what the model thinks from then on is bound to the rewritten messages, and stays.
/// </summary>
/// <remarks>
/// All of it goes, also what stands before the first change: a leading run may be missing, a hole may not, and a conversation without it
/// costs less. Encrypted reasoning of OpenAI is bound to nothing and stays with what it led to.
/// </remarks>
internal static class BoundReasoning
{
    /// <summary>What a receipt says of a group that loses nothing but its reasoning.</summary>
    public const string Reason = "signed reasoning left out: its vendor takes it only behind the messages that it was made with";

    /// <summary>Why nothing is rewritten within a tool loop.</summary>
    public const string LoopReason =
        "the agent is inside a tool loop that began with signed reasoning, which a rewrite would take away; it waits for the loop to end, "
            + "or for the window to be full";

    /// <summary>The plan that also says which groups lose their reasoning.</summary>
    public static CompactionPlan Tell(CompactionPlan plan, Transcript transcript, TokenMap tokens)
    {
        if (tokens.Whole is not { } whole)
            return plan;
        var decisions = plan.Decisions.Select(decision =>
        {
            decision = decision with { TokensBefore = whole.OfGroup(decision.Group) };
            return decision.Action == GroupAction.Keep && transcript.Groups[decision.Group].Messages.Any(SignedReasoning.IsIn)
                ? decision with { Action = GroupAction.Shorten, Caps = ContentCaps.None, Reason = Reason }
                : decision;
        });
        return plan with { Decisions = [.. decisions], TokensBefore = plan.TokensBefore + whole.Total - tokens.Total };
    }

    /// <summary>The messages without what may not stay; one that held nothing else is gone.</summary>
    public static IReadOnlyList<OutgoingMessage> LeaveOut(IReadOnlyList<OutgoingMessage> outgoing, TokenMap tokens) => tokens.Whole is null
        ? outgoing
        : [.. outgoing.Select(message => message with { Message = SignedReasoning.Without(message.Message)! })
            .Where(message => message.Message is not null)];

    /// <summary>
    /// Whether the newest assistant message begins with signed reasoning and waits for results, or for the answer to them: some vendors
    /// refuse it without.
    /// </summary>
    public static bool IsNeededNext(Transcript transcript) =>
        transcript.Groups.LastOrDefault(group => !group.IsInjected) is { Kind: GroupKind.ToolCall } newest
        && (newest.OpenCalls.Count > 0 || newest.Messages[^1].Role != Microsoft.Extensions.AI.ChatRole.Assistant)
        && newest.Messages[0].Contents is [var first, ..] && SignedReasoning.Is(first);
}
