using Microsoft.Extensions.AI;
using Strata.Transcripts.Pairs;

namespace Strata.Transcripts;

/// <summary>
/// Assigns messages to groups one at a time, by the ids of pairs and not by adjacency. It starts from a known transcript and reopens only
/// the groups that new messages touch: a call still waiting for its result, reasoning still waiting for the message it led to.
/// </summary>
internal sealed class GroupBuilder
{
    // How far back one assistant message may lie scattered, in groups. Agents log at most a few dozen parallel calls.
    private const int SplitMessageReach = 64;

    private readonly Transcript _known;
    private readonly Dictionary<int, GroupDraft> _reopened = [];
    private readonly List<GroupDraft> _added = [];
    private readonly int[] _groupOfMessage;

    // Providers re-use ids (call_0 in every response), so an id means the newest group that waits for it.
    private readonly Dictionary<(string Space, string Id), List<int>> _waiting = [];

    // Where the calls stand that others may belong to, answered or not.
    private readonly Dictionary<(string Space, string Id), int> _callers = [];
    private bool _merged;

    // The newest group that names items which the server holds.
    private int? _reference;

    public GroupBuilder(Transcript known, int messageCount)
    {
        _known = known;
        _groupOfMessage = new int[messageCount];
        for (var i = 0; i < _known.Messages.Count; i++)
            _groupOfMessage[i] = _known.GroupOfMessage[i];
        // In the order in which they were made, which is not that of the groups where one message is logged in pieces.
        var open = from index in _known.OpenGroups
                   from message in _known.Groups[index].MessageIndexes
                   from end in PairKinds.Of(_known.Messages[message])
                   where end.Side == PairSide.Call && _known.Groups[index].OpenCalls.Contains(end.Id, StringComparer.Ordinal)
                   orderby message
                   select (end.Key, index);
        foreach (var (call, index) in open)
            Wait(call, index);
        if (_known.Groups.LastOrDefault(group => group.Messages.Any(OpaqueContent.IsReference)) is { } reference)
            _reference = reference.Index;
    }

    private int Count => _known.Groups.Count + _added.Count;

    public void Add(ChatMessage message, int position)
    {
        var ends = PairKinds.Of(message).ToList();
        if (ends.Exists(end => end.Side == PairSide.Call))
            AddResults(message, position, ends, AddAssistant(message, position, ends));
        else if (ends.Exists(end => end.Side == PairSide.Result))
            AddResults(message, position, ends, home: null);
        else if (message.Role == ChatRole.Assistant)
            AddResults(message, position, ends, AddAssistant(message, position, ends));
        else if (message.Role == ChatRole.Tool)
            Start(GroupKind.OrphanResult, message, position);
        else if (SummaryHeader.IsSummary(MessageText.Of(message)))
            Start(GroupKind.Summary, message, position);
        else
            Start(IsSystem(message) ? GroupKind.System : GroupKind.User, message, position);
    }

    public Transcript Build(ChatMessage[] messages, Fingerprint[] fingerprints, Fingerprint[] prefixes)
    {
        var groups = new List<MessageGroup>(Count);
        var turns = new List<Turn>(_known.Turns.Count + 4);
        var open = new List<int>();
        var turnStart = 0;
        var hasUser = false;
        for (var i = 0; i < Count; i++)
        {
            var group = i < _known.Groups.Count ? _known.Groups[i] : null;
            var draft = group is null ? _added[i - _known.Groups.Count] : _reopened.GetValueOrDefault(i);
            if (draft is { IsMerged: true })
                continue;
            if (draft?.StartsTurn ?? group is { Kind: GroupKind.User, IsInjected: false })
            {
                if (hasUser)
                {
                    turns.Add(new Turn(turns.Count, turnStart, groups.Count - turnStart));
                    turnStart = groups.Count;
                }

                hasUser = true;
            }

            if (draft is not null)
                group = draft.ToGroup(groups.Count, turns.Count, fingerprints);
            else if (group!.Index != groups.Count)
                group = new GroupDraft(group).ToGroup(groups.Count, turns.Count, fingerprints);
            if (group.OpenCalls.Count > 0)
                open.Add(groups.Count);
            if (_merged)
            {
                foreach (var position in group.MessageIndexes)
                    _groupOfMessage[position] = groups.Count;
            }

            groups.Add(group);
        }

        if (groups.Count > turnStart)
            turns.Add(new Turn(turns.Count, turnStart, groups.Count - turnStart));
        return new Transcript(messages, fingerprints, prefixes, [.. groups], _groupOfMessage, [.. turns], [.. open]);
    }

    private static bool IsSystem(ChatMessage message) =>
        message.Role == ChatRole.System || message.Role.Value.Equals("developer", StringComparison.OrdinalIgnoreCase);

    private GroupDraft AddAssistant(ChatMessage message, int position, List<PairEnd> ends)
    {
        var home = JoinsPrevious(message, position) ? _groupOfMessage[position - 1] : SplitMessageHome(message);
        var draft = home is { } group ? Extend(group, message, position) : Start(GroupKind.Assistant, message, position);
        if (message.Contents.Any(content => content is FunctionCallContent))
            draft.Kind = GroupKind.ToolCall;
        if (OpaqueContent.IsReference(message))
            _reference = draft.Index;
        foreach (var call in ends.Where(end => end.Side == PairSide.Call))
        {
            draft.Open.Add(call.Id);
            Wait(call.Key, draft.Index);
            _callers[call.Key] = draft.Index;
        }

        return draft;
    }

    /// <summary>
    /// Reasoning belongs to the assistant message after it, and calls that follow one another without a result between them were made in
    /// parallel (the Responses API sends each as an item of its own). There, what begins with reasoning is one response until a result or a
    /// user's message follows: its items are accepted together.
    /// </summary>
    private bool JoinsPrevious(ChatMessage message, int position)
    {
        if (position == 0 || KindOf(_groupOfMessage[position - 1]) is not (GroupKind.Assistant or GroupKind.ToolCall))
            return false;
        var previous = Open(_groupOfMessage[position - 1]);
        if (previous.Last != position - 1)
            return false;
        if (previous.Kind == GroupKind.Assistant)
            return previous.IsReasoningOnly || previous.IsResponseWith(message);
        return !previous.EndsWithResult && message.Contents.Count > 0 && (previous.IsResponseWith(message)
            || message.Contents.All(content =>
                content is TextReasoningContent || PairKinds.Of(content).Any(end => end.Side == PairSide.Call)));
    }

    /// <summary>Agents log one assistant message as several entries with one message id, results of its first calls between them.</summary>
    private int? SplitMessageHome(ChatMessage message)
    {
        if (message.MessageId is not { Length: > 0 } id)
            return null;
        for (var i = Count - 1; i >= Math.Max(0, Count - SplitMessageReach); i--)
        {
            var kind = KindOf(i);
            if (kind is GroupKind.Assistant or GroupKind.ToolCall && MessageIdOf(i) == id)
                return i;
            if (kind is GroupKind.User or GroupKind.Summary)
                return null;
        }

        return null;
    }

    /// <summary>
    /// A result goes to its call, and so does what belongs to a call; a message of the assistant (<paramref name="home"/>) may answer its
    /// own calls, and others.
    /// </summary>
    private void AddResults(ChatMessage message, int position, List<PairEnd> ends, GroupDraft? home)
    {
        foreach (var end in ends)
        {
            if (end.Side == PairSide.Call || (end.Side == PairSide.Result ? Answer(end) : CallerOf(end)) is not { } caller)
                continue;
            if (home is null)
                home = Extend(caller.Index, message, position);
            else if (!ReferenceEquals(home, caller))
                home = Merge(home, caller);
        }

        if (home is null && _reference is { } group)
            Extend(group, message, position).Kind = GroupKind.ToolCall;   // its call is among the items that the server holds
        else if (home is null)
            Start(GroupKind.OrphanResult, message, position);
        else if (home.Open.Count > 0)
            home.Kind = GroupKind.ToolCall;
    }

    private GroupDraft? Answer(PairEnd result)
    {
        if (!_waiting.TryGetValue(result.Key, out var groups) || groups.Count == 0)
            return null;
        var caller = Open(groups[^1]);
        groups.RemoveAt(groups.Count - 1);
        caller.Open.Remove(result.Id);
        return caller;
    }

    private GroupDraft? CallerOf(PairEnd part)
    {
        if (_callers.TryGetValue(part.Key, out var group))
            return Open(group);
        var call = part with { Side = PairSide.Call };
        for (var i = _known.Messages.Count - 1; i >= 0; i--)
        {
            if (PairKinds.Of(_known.Messages[i]).Contains(call))
                return Open(_callers[part.Key] = _groupOfMessage[i]);
        }

        return null;
    }

    // One message that answers calls of two groups ties them together.
    private GroupDraft Merge(GroupDraft one, GroupDraft other)
    {
        var (into, from) = one.First <= other.First ? (one, other) : (other, one);
        into.Absorb(from);
        _merged = true;
        foreach (var groups in _waiting.Values)
        {
            for (var i = 0; i < groups.Count; i++)
                groups[i] = groups[i] == from.Index ? into.Index : groups[i];
        }

        foreach (var call in _callers.Where(call => call.Value == from.Index).Select(call => call.Key).ToList())
            _callers[call] = into.Index;
        _reference = _reference == from.Index ? into.Index : _reference;
        foreach (var position in from.Positions)
            _groupOfMessage[position] = into.Index;
        return into;
    }

    private GroupDraft Start(GroupKind kind, ChatMessage message, int position)
    {
        var draft = new GroupDraft(Count, kind, message, position);
        _groupOfMessage[position] = draft.Index;
        _added.Add(draft);
        return draft;
    }

    private GroupDraft Extend(int group, ChatMessage message, int position)
    {
        var draft = Open(group);
        draft.Add(message, position);
        _groupOfMessage[position] = group;
        return draft;
    }

    private GroupDraft Open(int group)
    {
        if (group >= _known.Groups.Count)
            return _added[group - _known.Groups.Count];
        if (!_reopened.TryGetValue(group, out var draft))
            _reopened[group] = draft = new GroupDraft(_known.Groups[group]);
        return draft;
    }

    private GroupKind KindOf(int group) => group >= _known.Groups.Count
        ? _added[group - _known.Groups.Count] is { IsMerged: false } draft ? draft.Kind : GroupKind.OrphanResult
        : !_reopened.TryGetValue(group, out var open) ? _known.Groups[group].Kind
        : open.IsMerged ? GroupKind.OrphanResult : open.Kind;

    private string? MessageIdOf(int group) => group >= _known.Groups.Count
        ? _added[group - _known.Groups.Count].MessageId
        : _known.Groups[group].Messages[0].MessageId;

    private void Wait((string Space, string Id) call, int group)
    {
        if (!_waiting.TryGetValue(call, out var groups))
            _waiting[call] = groups = [];
        groups.Add(group);
    }
}
