using System.Buffers.Binary;
using Microsoft.Extensions.AI;
using Strata.Transcripts.Pairs;

namespace Strata.Transcripts;

/// <summary>A group while messages are still being assigned.</summary>
internal sealed class GroupDraft
{
    private readonly int _turnIndex;

    public GroupDraft(int index, GroupKind kind, ChatMessage message, int position)
    {
        Index = index;
        Kind = kind;
        _turnIndex = -1;
        Add(message, position);
        if (kind == GroupKind.User)
            IsInjected = message.Contents.All(content => content is TextContent) && InjectedText.Strip(message).Length == 0;
    }

    public GroupDraft(MessageGroup known)
    {
        Index = known.Index;
        Kind = known.Kind;
        _turnIndex = known.TurnIndex;
        IsInjected = known.IsInjected;
        Open.AddRange(known.OpenCalls);
        for (var i = 0; i < known.Messages.Count; i++)
            Add(known.Messages[i], known.MessageIndexes[i]);
    }

    /// <summary>Position among the groups as long as none are merged.</summary>
    public int Index { get; }

    public GroupKind Kind { get; set; }

    public bool IsInjected { get; }

    /// <summary>Set when its messages moved to another group.</summary>
    public bool IsMerged { get; private set; }

    public List<string> Open { get; } = [];

    public List<int> Positions { get; } = [];

    public List<ChatMessage> Messages { get; } = [];

    public int First => Positions[0];

    public int Last => Positions[^1];

    public string? MessageId => Messages[0].MessageId;

    public bool StartsTurn => Kind == GroupKind.User && !IsInjected;

    /// <summary>Whether results came from outside; those of a server's own tools stand inside the answer that called them.</summary>
    public bool EndsWithResult =>
        Messages[^1].Role == ChatRole.Assistant
            ? Messages[^1].Contents.Any(content => content is FunctionResultContent)
            : PairKinds.Holds(Messages[^1], PairSide.Result);

    public bool IsReasoningOnly => Messages.All(HoldsOnlyReasoning);

    /// <summary>
    /// Whether <paramref name="message"/>, which follows, is an item of the response that began with reasoning here. Ids that come again
    /// name messages and not items, and then the message has an id of its own to go by.
    /// </summary>
    public bool IsResponseWith(ChatMessage message)
    {
        if (!HoldsOnlyReasoning(Messages[0]))
            return false;
        var ids = Messages.Append(message).Select(item => item.MessageId).OfType<string>().ToList();
        return ids.Distinct(StringComparer.Ordinal).Count() == ids.Count;
    }

    public static bool HoldsOnlyReasoning(ChatMessage message) =>
        message.Contents.Count > 0 && message.Contents.All(content => content is TextReasoningContent);

    public void Add(ChatMessage message, int position)
    {
        Messages.Add(message);
        Positions.Add(position);
    }

    public void Absorb(GroupDraft other)
    {
        foreach (var (message, position) in other.Messages.Zip(other.Positions))
        {
            var at = Positions.BinarySearch(position) is var found && found < 0 ? ~found : found;
            Messages.Insert(at, message);
            Positions.Insert(at, position);
        }

        Open.AddRange(other.Open);
        Kind = other.Kind == GroupKind.ToolCall ? other.Kind : Kind;
        other.IsMerged = true;
    }

    public MessageGroup ToGroup(int index, int currentTurn, ReadOnlySpan<Fingerprint> fingerprints) => new(
        index, Kind, _turnIndex >= 0 ? _turnIndex : currentTurn, [.. Positions], [.. Messages], [.. Open], IsInjected,
        HandleOf(fingerprints));

    private Handle HandleOf(ReadOnlySpan<Fingerprint> fingerprints)
    {
        // The leading byte keeps a group of one message apart from that message's own content.
        var bytes = new byte[1 + (16 * Positions.Count)];
        bytes[0] = (byte)'g';
        for (var i = 0; i < Positions.Count; i++)
            fingerprints[Positions[i]].Write(bytes.AsSpan(1 + (16 * i)));
        return Handle.Of(Fingerprint.Of(bytes));
    }
}
