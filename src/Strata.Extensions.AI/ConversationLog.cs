using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Strata.Conversations;

namespace Strata.Extensions.AI;

/// <summary>Logs what happens to conversations.</summary>
internal static class ConversationLog
{
    // A compactor that serves several clients is logged once.
    private static readonly ConditionalWeakTable<Compactor, IDisposable> Logged = [];

    public static void Log(this Compactor compactor, ILogger logger) =>
        Logged.GetValue(compactor, compactor => compactor.OnContextCompacted((compacted, _) =>
        {
            var receipt = compacted.Result.Receipt!;
            logger.Compacted(compacted.TokensBefore, compacted.TokensAfter, compacted.Strategy, receipt.Id, receipt.SessionId);
            return ValueTask.CompletedTask;
        }));

    /// <summary>The options, where failures and notices are logged as well.</summary>
    public static ConversationOptions WithLog(this ConversationOptions options, ILogger logger) => options with
    {
        OnFailed = async (failure, cancellationToken) =>
        {
            logger.CompactionFailed(failure.Tokens, failure.Exception);
            if (options.OnFailed is { } subscriber)
                await subscriber(failure, cancellationToken).ConfigureAwait(false);
        },
        OnNotice = notice =>
        {
            logger.Notice(notice.Kind, notice.Message);
            options.OnNotice?.Invoke(notice);
        },
    };
}
