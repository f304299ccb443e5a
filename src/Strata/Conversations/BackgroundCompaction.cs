using Microsoft.Extensions.AI;

namespace Strata.Conversations;

/// <summary>
/// A compaction of a conversation's first messages that is prepared while the conversation goes on. It takes effect only when it is taken.
/// </summary>
/// <param name="Base">The view that it started from; null: none.</param>
/// <param name="History">The conversation that it started from.</param>
/// <param name="Messages">What would have been sent then.</param>
/// <param name="Tokens">Tokens of the request then.</param>
internal sealed record BackgroundCompaction(ConversationView? Base, History History, IReadOnlyList<ChatMessage> Messages, long Tokens)
{
    private readonly Lock _gate = new();
    private Task<ConversationView>? _taken;

    /// <summary>Null when it failed; that was reported.</summary>
    public required Task<CompactionResult?> Prepared { get; init; }

    /// <summary>How many messages of the history it covers.</summary>
    public int Count => History.Count;

    /// <summary>Whether it is still about what <paramref name="call"/> would send.</summary>
    public bool Holds(ConversationCall call) =>
        call.History.Count >= Count && ReferenceEquals(call.View, Base) && call.History.Prefix(Count) == History.Prefix(Count);

    /// <summary>Makes it take effect, once: branches of one conversation may share it.</summary>
    public Task<ConversationView> TakeAsync(Func<Task<ConversationView>> commit)
    {
        lock (_gate)
            return _taken ??= commit();
    }
}
