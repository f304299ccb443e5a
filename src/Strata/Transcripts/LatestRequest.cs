using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>What the user asked last, and what the assistant answered.</summary>
internal static class LatestRequest
{
    /// <summary>The user's newest message; null when the user said nothing.</summary>
    public static MessageGroup? In(Transcript transcript) =>
        transcript.Groups.LastOrDefault(group => group is { Kind: GroupKind.User, IsInjected: false });

    /// <summary>
    /// The words of the assistant that the conversation ends with, behind the user's newest message; null when the assistant is still at
    /// work on it, or said nothing.
    /// </summary>
    public static MessageGroup? AnswerIn(Transcript transcript)
    {
        for (var i = transcript.Groups.Count - 1; i >= 0; i--)
        {
            var group = transcript.Groups[i];
            if (group is { Kind: GroupKind.User, IsInjected: false } or { Kind: GroupKind.Summary })
                return null;
            // What a client sends behind an answer takes nothing from it, nor does what no vendor accepts.
            if (group.Kind is GroupKind.User or GroupKind.System or GroupKind.OrphanResult)
                continue;
            if (group.OpenCalls.Count > 0)
                return null;
            if (HasWords(group.Messages[^1]))
                return group;
            if (group.Kind == GroupKind.ToolCall)
                return null;
        }

        return null;
    }

    private static bool HasWords(ChatMessage message) => message.Role == ChatRole.Assistant
        && message.Contents.OfType<TextContent>().Any(content =>
            !string.IsNullOrWhiteSpace(content.Text) && !InjectedText.IsAcknowledgement(content.Text));
}
