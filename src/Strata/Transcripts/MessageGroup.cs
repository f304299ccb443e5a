using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>Messages that are kept or replaced whole.</summary>
public sealed class MessageGroup
{
    private readonly Lazy<Importance> _importance;

    internal MessageGroup(
        int index, GroupKind kind, int turnIndex, IReadOnlyList<int> messageIndexes, IReadOnlyList<ChatMessage> messages,
        IReadOnlyList<string> openCalls, bool isInjected, Handle handle)
    {
        Index = index;
        Kind = kind;
        TurnIndex = turnIndex;
        MessageIndexes = messageIndexes;
        Messages = messages;
        OpenCalls = openCalls;
        IsInjected = isInjected;
        Handle = handle;
        _importance = new Lazy<Importance>(() => ImportanceRules.Of(this), LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Position among the groups of its transcript.</summary>
    public int Index { get; }

    public GroupKind Kind { get; }

    /// <summary>The turn it belongs to; 0 for what stands before the first user message as well.</summary>
    public int TurnIndex { get; }

    /// <summary>
    /// Positions of its messages in the transcript, ascending. Not always adjacent: a user message may stand between a call and its result.
    /// </summary>
    public IReadOnlyList<int> MessageIndexes { get; }

    /// <summary>The caller's own message instances.</summary>
    public IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>Ids of calls that have no result yet.</summary>
    public IReadOnlyList<string> OpenCalls { get; }

    /// <summary>
    /// A user message without a word of the user: only text that the agent's harness put there (reminders, command echoes, notifications).
    /// </summary>
    public bool IsInjected { get; }

    /// <summary>The name under which the group is recalled when it is cut.</summary>
    public Handle Handle { get; }

    /// <summary>How much the group matters; found on first use.</summary>
    public Importance Importance => _importance.Value;

    /// <summary>The same group with other words: its name stays that of its original.</summary>
    internal MessageGroup With(IReadOnlyList<ChatMessage> messages) =>
        new(Index, Kind, TurnIndex, MessageIndexes, messages, OpenCalls, IsInjected, Handle);
}
