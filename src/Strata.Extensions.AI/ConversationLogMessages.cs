using Microsoft.Extensions.Logging;
using Strata.Conversations;

namespace Strata.Extensions.AI;

/// <summary>Everything that is logged. Tells names and numbers, never text of a conversation. The ids stay what they are.</summary>
internal static partial class ConversationLogMessages
{
    [LoggerMessage(
        1, LogLevel.Information, "Compacted {TokensBefore} tokens to {TokensAfter} by {Strategy}; receipt {Receipt} of session {Session}",
        EventName = "Compacted")]
    public static partial void Compacted(
        this ILogger logger, int tokensBefore, int tokensAfter, string strategy, string receipt, string? session);

    [LoggerMessage(
        3, LogLevel.Warning, "A conversation of {Tokens} tokens could not be compacted and went on as it was",
        EventName = "CompactionFailed")]
    public static partial void CompactionFailed(this ILogger logger, long tokens, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Kind}: {Notice}", EventName = "Notice")]
    public static partial void Notice(this ILogger logger, ConversationNoticeKind kind, string notice);
}
