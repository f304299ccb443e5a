using Microsoft.Extensions.AI;
using Strata.Chat;

namespace Strata.Conversations;

/// <summary>How a <see cref="CompactingChatClient"/> uses its compactor.</summary>
public sealed record ConversationOptions
{
    /// <value>
    /// Compacts beside the conversation, from <see cref="BackgroundShare"/> on, and holds no call up for it while an answer has room beside
    /// what is sent: the reserve, and at least a tenth of the window. Null: where models write the summaries. Level 0 takes milliseconds,
    /// and compacting at once keeps the window emptier.
    /// </value>
    public bool? Background { get; init; }

    /// <value>The share of the threshold at which the background begins. The default is 0.85.</value>
    public double BackgroundShare { get; init; } = .85;

    /// <value>
    /// The longest that a call waits for models that write a summary, where the background is on and the conversation leaves no room for an
    /// answer. Then level 0 compacts, and the failure is told. The default is 20 seconds; <see cref="Timeout.InfiniteTimeSpan"/>: as long
    /// as they take.
    /// </value>
    public TimeSpan BackgroundWait { get; init; } = TimeSpan.FromSeconds(20);

    /// <value>
    /// Throws <see cref="ContextOverflowException"/> instead of sending what does not fit the window by our count. The default is false:
    /// the provider decides.
    /// </value>
    public bool ThrowWhenCannotFit { get; init; }

    /// <value>How many conversations are remembered; the oldest is forgotten first. The default is 256.</value>
    public int MaxConversations { get; init; } = 256;

    /// <value>Whose conversations these are, for receipts and metrics; null: not told.</value>
    public string? AgentId { get; init; }

    /// <value>
    /// Names the session that a conversation is archived under; null, or a null answer: the archive finds it by the conversation itself.
    /// </value>
    public Func<IReadOnlyList<ChatMessage>, ChatOptions?, string?>? SessionId { get; init; }

    /// <value>
    /// Which of the caller's messages no compaction changes or drops, beside those that carry a pin (<see cref="MessagePins"/>). Asked at
    /// each compaction of each message that is still sent. Null: none.
    /// </value>
    public Func<ChatMessage, bool>? IsPinned { get; init; }

    /// <value>
    /// Told of every compaction that failed where the call went on without it, and of those in the background. What it throws is passed
    /// over.
    /// </value>
    public Func<CompactionFailure, CancellationToken, ValueTask>? OnFailed { get; init; }

    /// <value>
    /// Told once of each thing that is likely to be wrong: a model that nobody knows, function invocation on the wrong side. What it throws
    /// is passed over. Null: told to <see cref="System.Diagnostics.Trace"/> alone.
    /// </value>
    public Action<ConversationNotice>? OnNotice { get; init; }

    /// <exception cref="ArgumentException">Numbers that make no sense: the message names them and the way out.</exception>
    internal ConversationOptions Checked()
    {
        if (!(BackgroundShare is > 0 and <= 1))
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"The background share is {BackgroundShare}; give a share of the threshold above 0 and at most 1, such as 0.85."));
        if (BackgroundWait < TimeSpan.Zero && BackgroundWait != Timeout.InfiniteTimeSpan)
            throw new ArgumentException(
                $"The wait for a compaction in the background is {BackgroundWait}; give a time of zero or more, or an infinite one.");
        if (MaxConversations < 1)
            throw new ArgumentException(FormattableString.Invariant($"{MaxConversations} conversations to remember; give 1 or more."));
        return this;
    }
}
