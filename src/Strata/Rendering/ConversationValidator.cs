using Microsoft.Extensions.AI;
using Strata.Transcripts.Pairs;

namespace Strata.Rendering;

/// <summary>Checks that a conversation can be sent: what every vendor answers with an error is found here first.</summary>
public static class ConversationValidator
{
    /// <summary>
    /// What is wrong, in words; empty for a valid conversation: of every pair that vendors know (calls and results, tools that the server
    /// runs, approvals) the result follows its call, and every call has its result before the assistant goes on.
    /// Calls at the end may still be open.
    /// </summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var faults = new List<string>();
        var open = new Dictionary<(string Space, string Id), int>();
        var answered = new HashSet<(string Space, string Id)>();
        var isReferenced = false;
        for (var i = 0; i < messages.Count; i++)
        {
            isReferenced |= OpaqueContent.IsReference(messages[i]);
            foreach (var end in PairKinds.Of(messages[i]))
            {
                switch (end.Side)
                {
                    case PairSide.Call:
                        open[end.Key] = i;
                        answered.Remove(end.Key);
                        break;
                    case PairSide.Result when open.Remove(end.Key):
                        answered.Add(end.Key);
                        break;
                    // Its call may be among the items that the server holds.
                    case PairSide.Result when !isReferenced || answered.Contains(end.Key):
                        faults.Add($"message {i}: "
                            + (answered.Contains(end.Key) ? "a second result for call " : "a result without its call ") + end.Id);
                        break;
                    case PairSide.Part when !open.ContainsKey(end.Key) && !answered.Contains(end.Key):
                        faults.Add($"message {i}: what belongs to call {end.Id}, which is not there");
                        break;
                }
            }
        }

        var last = messages.Count - 1;
        while (last >= 0 && messages[last].Role != ChatRole.Assistant)
            last--;
        // A person may approve whatever was said meanwhile.
        foreach (var (call, at) in open.Where(call => !messages[call.Value].Contents.Any(content =>
            content is ToolApprovalRequestContent request && request.RequestId == call.Key.Id)))
        {
            // An assistant message after the call means that nobody will answer it any more. Calls of one split message stand side by side.
            for (var i = at + 1; i <= last; i++)
            {
                if (messages[i].Role == ChatRole.Assistant && !SamePart(messages[at], messages[i], call))
                {
                    faults.Add($"message {at}: call {call.Id} has no result");
                    break;
                }
            }
        }

        return faults;
    }

    private static bool SamePart(ChatMessage one, ChatMessage other, (string Space, string Id) call) =>
        (one.MessageId is not null && one.MessageId == other.MessageId)
        || PairKinds.Of(other).Any(end => end.Side == PairSide.Part && end.Key == call)
        || other.Contents.All(content => content is TextReasoningContent || PairKinds.Of(content).Any(end => end.Side == PairSide.Call));
}
