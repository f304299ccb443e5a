using Microsoft.Extensions.AI;
using Strata.Transcripts.Pairs;

namespace Strata.Transcripts;

/// <summary>A conversation as an immutable list of groups.</summary>
/// <remarks>
/// The messages are the caller's own instances and are never changed; nor may the caller change them while a transcript holds them.
/// </remarks>
public sealed class Transcript
{
    private readonly ChatMessage[] _messages;
    private readonly Fingerprint[] _prefixes;
    private readonly Fingerprint[] _fingerprints;
    private readonly int[] _groupOfMessage;
    private readonly int[] _stamps;

    internal Transcript(
        ChatMessage[] messages, Fingerprint[] fingerprints, Fingerprint[] prefixes, MessageGroup[] groups, int[] groupOfMessage,
        Turn[] turns,
        int[] openGroups)
    {
        _messages = messages;
        _fingerprints = fingerprints;
        _prefixes = prefixes;
        _groupOfMessage = groupOfMessage;
        _stamps = Array.ConvertAll(messages, MessageStamp.Of);
        CoveredMessages = Math.Max(0, Array.FindLastIndex(messages, OpaqueContent.StandsForEarlier));
        Groups = groups;
        Turns = turns;
        OpenGroups = openGroups;
    }

    /// <summary>A transcript of nothing.</summary>
    public static Transcript Empty { get; } = new([], [], [], [], [], [], []);

    public IReadOnlyList<ChatMessage> Messages => _messages;

    /// <summary>Ordered by the position of their first message. Every message is in exactly one.</summary>
    public IReadOnlyList<MessageGroup> Groups { get; }

    public IReadOnlyList<Turn> Turns { get; }

    /// <summary>The index of the group that each message is in.</summary>
    public IReadOnlyList<int> GroupOfMessage => _groupOfMessage;

    /// <summary>
    /// How many messages at the start a summary of the vendor's server stands for: they are sent, and neither read nor billed; 0 when there
    /// is none.
    /// </summary>
    public int CoveredMessages { get; }

    /// <summary>The indexes of groups with calls that have no result yet, ascending.</summary>
    public IReadOnlyList<int> OpenGroups { get; }

    /// <summary>The fingerprint of all messages: two transcripts with the same one say the same.</summary>
    public Fingerprint Fingerprint => _prefixes.Length == 0 ? Fingerprint.Empty : _prefixes[^1];

    /// <summary>The rolling fingerprint of the first <paramref name="messageCount"/> messages.</summary>
    public Fingerprint PrefixFingerprint(int messageCount) => messageCount == 0 ? Fingerprint.Empty : _prefixes[messageCount - 1];

    /// <summary>The fingerprint of one message, wherever it stands.</summary>
    public Fingerprint MessageFingerprint(int messageIndex) => _fingerprints[messageIndex];

    /// <summary>Groups <paramref name="messages"/>.</summary>
    public static Transcript Create(IEnumerable<ChatMessage> messages) => Empty.Append(messages);

    /// <summary>
    /// This transcript and more messages. Only the new ones are read; groups they do not touch are shared with this transcript.
    /// </summary>
    public Transcript Append(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] all = [.. _messages, .. messages];
        var known = _messages.Length;
        if (all.Length == known)
            return this;
        var allFingerprints = Grown(_fingerprints, all.Length);
        var allPrefixes = Grown(_prefixes, all.Length);
        var builder = new GroupBuilder(this, all.Length);
        var rolling = Fingerprint;
        for (var i = known; i < all.Length; i++)
        {
            allFingerprints[i] = CanonicalContent.Of(all[i]);
            allPrefixes[i] = rolling = rolling.Then(allFingerprints[i]);
            builder.Add(all[i], i);
        }

        return builder.Build(all, allFingerprints, allPrefixes);
    }

    /// <summary>
    /// Whether <paramref name="messages"/> begin with the very messages of this transcript, unchanged. Equal copies are not the same: they
    /// may carry what no fingerprint knows (metadata of another conversation, an id of another file), and it is the caller's own that must
    /// be sent.
    /// </summary>
    public bool IsPrefixOf(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count < _messages.Length)
            return false;
        for (var i = 0; i < _messages.Length; i++)
        {
            if (!ReferenceEquals(messages[i], _messages[i]) || MessageStamp.Of(messages[i]) != _stamps[i])
                return false;
        }

        return true;
    }

    /// <summary>
    /// The same conversation, in the same groups and under the same names, with what <paramref name="selector"/> makes of its
    /// messages; this instance where it changes none.
    /// </summary>
    internal Transcript Select(Func<ChatMessage, ChatMessage> selector)
    {
        var messages = Array.ConvertAll(_messages, message => selector(message));
        if (messages.SequenceEqual(_messages, ReferenceEqualityComparer.Instance))
            return this;
        MessageGroup[] groups = [.. Groups.Select(group => group.With([.. group.MessageIndexes.Select(index => messages[index])]))];
        return new Transcript(messages, _fingerprints, _prefixes, groups, _groupOfMessage, [.. Turns], [.. OpenGroups]);
    }

    private static Fingerprint[] Grown(Fingerprint[] known, int length)
    {
        Array.Resize(ref known, length);
        return known;
    }
}
