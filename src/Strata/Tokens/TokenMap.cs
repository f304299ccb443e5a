using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tokens;

/// <summary>
/// The tokens of a transcript by message and by group. Every message is counted once; a transcript that grew is measured by what is new.
/// What a summary of the vendor's server stands for has none.
/// </summary>
public sealed class TokenMap
{
    private readonly Transcript _transcript;
    private readonly MessageTokens[] _messages;
    private readonly int[][] _contents;
    private readonly int[] _groups;
    private readonly long[] _groupSums;

    private TokenMap(Transcript transcript, MessageCounter counter, MessageTokens[] messages, int[][] contents, TokenMap? known)
    {
        _transcript = transcript;
        _messages = messages;
        _contents = contents;
        Counter = counter;
        _groups = new int[transcript.Groups.Count];
        _groupSums = new long[_groups.Length + 1];
        for (var i = 0; i < _groups.Length; i++)
        {
            // A group shared with the known transcript has not changed, and neither has its count.
            _groups[i] = known is not null && i < known._groups.Length && ReferenceEquals(known._transcript.Groups[i], transcript.Groups[i])
                ? known._groups[i]
                : Sum(transcript.Groups[i]);
            _groupSums[i + 1] = _groupSums[i] + _groups[i];
        }
    }

    /// <summary>The map that counts signed reasoning as well, where this one counts none; null otherwise.</summary>
    internal TokenMap? Whole { get; private init; }

    /// <summary>What it was counted with.</summary>
    public MessageCounter Counter { get; }

    /// <summary>Tokens of all messages with their framing, without the request around them.</summary>
    public int Total => (int)Math.Min(_groupSums[^1], int.MaxValue);

    /// <summary>Counts <paramref name="transcript"/>.</summary>
    public static TokenMap Measure(Transcript transcript, MessageCounter counter)
    {
        ArgumentNullException.ThrowIfNull(transcript);
        ArgumentNullException.ThrowIfNull(counter);
        return Measure(transcript, counter, known: null);
    }

    /// <summary>
    /// The map of <paramref name="grown"/>, a transcript that this one's transcript was advanced to: only new messages are counted.
    /// </summary>
    public TokenMap Advance(Transcript grown)
    {
        ArgumentNullException.ThrowIfNull(grown);
        if (ReferenceEquals(grown, _transcript))
            return this;
        var known = _transcript.Messages.Count;
        return grown.Messages.Count >= known && grown.CoveredMessages == _transcript.CoveredMessages
            && grown.PrefixFingerprint(known) == _transcript.Fingerprint
            ? Measure(grown, Counter, this)
            : Measure(grown, Counter, known: null);
    }

    /// <summary>Tokens of one message by kind of content.</summary>
    public MessageTokens OfMessage(int messageIndex) => _messages[messageIndex];

    /// <summary>
    /// Whether <paramref name="message"/> is the very message that was counted at <paramref name="messageIndex"/>; −1 is no index.
    /// </summary>
    public bool IsOf(ChatMessage message, int messageIndex) =>
        messageIndex >= 0 && ReferenceEquals(_transcript.Messages[messageIndex], message);

    /// <summary>Tokens of one content of one message, its framing aside.</summary>
    public int OfContent(int messageIndex, int contentIndex) => _contents[messageIndex][contentIndex];

    /// <summary>Tokens of one group.</summary>
    public int OfGroup(int groupIndex) => _groups[groupIndex];

    /// <summary>Tokens of <paramref name="count"/> groups from <paramref name="firstGroup"/> on.</summary>
    public int OfGroups(int firstGroup, int count) =>
        (int)Math.Min(_groupSums[firstGroup + count] - _groupSums[firstGroup], int.MaxValue);

    /// <summary>The tokens that are left when signed reasoning goes, and with it every message that holds nothing else.</summary>
    internal TokenMap WithoutSignedReasoning()
    {
        MessageTokens[] messages = [.. _messages];
        int[][] contents = [.. _contents];
        for (var i = 0; i < messages.Length; i++)
        {
            var all = _transcript.Messages[i].Contents;
            if (!all.Any(SignedReasoning.Is))
                continue;
            contents[i] = [.. contents[i].Select((tokens, c) => SignedReasoning.Is(all[c]) ? 0 : tokens)];
            messages[i] = all.All(SignedReasoning.Is)
                ? default
                : messages[i] with { Reasoning = messages[i].Reasoning - (_contents[i].Sum() - contents[i].Sum()) };
        }

        return new TokenMap(_transcript, Counter, messages, contents, known: null) { Whole = this };
    }

    private static TokenMap Measure(Transcript transcript, MessageCounter counter, TokenMap? known)
    {
        var count = transcript.Messages.Count;
        var messages = new MessageTokens[count];
        var contents = new int[count][];
        var start = known?._messages.Length ?? 0;
        known?._messages.CopyTo(messages, 0);
        known?._contents.CopyTo(contents, 0);
        for (var i = start; i < count; i++)
        {
            contents[i] = new int[transcript.Messages[i].Contents.Count];
            messages[i] = i < transcript.CoveredMessages ? default : counter.Count(transcript.Messages[i], contents[i]);
        }

        return new TokenMap(transcript, counter, messages, contents, known);
    }

    private int Sum(MessageGroup group)
    {
        var sum = 0L;
        foreach (var index in group.MessageIndexes)
            sum += _messages[index].Total;
        return (int)Math.Min(sum, int.MaxValue);
    }
}
