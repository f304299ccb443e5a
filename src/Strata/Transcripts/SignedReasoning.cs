using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>Reasoning that a vendor signed or encrypted: it is sent back as it came or not at all.</summary>
public static class SignedReasoning
{
    /// <summary>Whether it is such reasoning.</summary>
    public static bool Is(AIContent content) => content is TextReasoningContent { ProtectedData: not null };

    /// <summary>Whether the message holds any.</summary>
    public static bool IsIn(ChatMessage message) => message.Contents.Any(Is);

    /// <summary>
    /// A copy of the message without its signed reasoning, the message itself where it holds none, and null where it holds nothing else.
    /// </summary>
    public static ChatMessage? Without(ChatMessage message)
    {
        if (!IsIn(message))
            return message;
        List<AIContent> rest = [.. message.Contents.Where(content => !Is(content))];
        if (rest.Count == 0)
            return null;
        var copy = message.Clone();
        copy.Contents = rest;
        copy.RawRepresentation = null;   // the provider's own object still holds the reasoning, and its adapter would send that
        return copy;
    }
}
