using Microsoft.Extensions.Logging;
using Strata.Conversations;

namespace Strata.Hosting;

/// <summary>Everything that is logged. Tells names and numbers, never text of a conversation.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(
        1, LogLevel.Information, "Compacted {TokensBefore} tokens to {TokensAfter} by {Strategy}; receipt {Receipt} of session {Session}")]
    public static partial void Compacted(
        this ILogger logger, int tokensBefore, int tokensAfter, string strategy, string receipt, string? session);

    [LoggerMessage(2, LogLevel.Warning, "A model for summaries could not be reached: {Problem}")]
    public static partial void ModelUnreachable(this ILogger logger, string problem);

    [LoggerMessage(3, LogLevel.Warning, "A conversation of {Tokens} tokens could not be compacted and went on as it was")]
    public static partial void CompactionFailed(this ILogger logger, long tokens, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "{Kind}: {Notice}")]
    public static partial void Notice(this ILogger logger, ConversationNoticeKind kind, string notice);
}
