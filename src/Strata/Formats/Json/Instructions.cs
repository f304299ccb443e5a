using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>Instructions that some vendors take beside the messages and others as the first of them.</summary>
internal static class Instructions
{
    /// <summary>The messages with the document's instructions as a system message before them.</summary>
    public static IEnumerable<ChatMessage> AsMessage(SessionDocument document, IEnumerable<ChatMessage> messages) =>
        document.Options?.Instructions is { Length: > 0 } instructions ? messages.Prepend(new ChatMessage(ChatRole.System, instructions))
            : messages;
}
