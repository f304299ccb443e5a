using Microsoft.Extensions.AI;

namespace Strata.Rendering;

/// <summary>Checks that a conversation can be sent: what every vendor answers with an error is found here first.</summary>
public static class ConversationValidator
{
    /// <summary>
    /// What is wrong, in words; empty for a valid conversation: every result follows its call, every call has its result before the assistant goes on.
    /// Calls at the end may still be open.
    /// </summary>
    public static IReadOnlyList<string> Check(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var faults = new List<string>();
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count; i++)
        {
            foreach (var content in messages[i].Contents)
            {
                switch (content)
                {
                    case FunctionCallContent call:
                        open[call.CallId] = i;
                        answered.Remove(call.CallId);
                        break;
                    case FunctionResultContent result when !open.Remove(result.CallId):
                        faults.Add($"message {i}: " + (answered.Contains(result.CallId) ? "a second result for call " : "a result without its call ") + result.CallId);
                        break;
                    case FunctionResultContent result:
                        answered.Add(result.CallId);
                        break;
                }
            }
        }

        var last = messages.Count - 1;
        while (last >= 0 && messages[last].Role != ChatRole.Assistant)
            last--;
        foreach (var (call, at) in open)
        {
            // An assistant message after the call means that nobody will answer it any more. Calls of one split message stand side by side.
            for (var i = at + 1; i <= last; i++)
            {
                if (messages[i].Role == ChatRole.Assistant && !SamePart(messages[at], messages[i]))
                {
                    faults.Add($"message {at}: call {call} has no result");
                    break;
                }
            }
        }

        return faults;
    }

    private static bool SamePart(ChatMessage one, ChatMessage other) =>
        (one.MessageId is not null && one.MessageId == other.MessageId)
        || other.Contents.All(content => content is FunctionCallContent or TextReasoningContent);
}
