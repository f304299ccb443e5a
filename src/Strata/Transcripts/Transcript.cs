using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>A conversation as an immutable list of groups.</summary>
/// <remarks>The messages are the caller's own instances and are never changed; nor may the caller change them while a transcript holds them.</remarks>
public sealed class Transcript
{
    private readonly ChatMessage[] messages;
    private readonly Fingerprint[] prefixes;
    private readonly Fingerprint[] fingerprints;
    private readonly int[] groupOfMessage;

    internal Transcript(
        ChatMessage[] messages, Fingerprint[] fingerprints, Fingerprint[] prefixes, MessageGroup[] groups, int[] groupOfMessage, Turn[] turns,
        int[] openGroups)
    {
        this.messages = messages;
        this.fingerprints = fingerprints;
        this.prefixes = prefixes;
        this.groupOfMessage = groupOfMessage;
        Groups = groups;
        Turns = turns;
        OpenGroups = openGroups;
    }

    /// <summary>A transcript of nothing.</summary>
    public static Transcript Empty { get; } = new([], [], [], [], [], [], []);

    public IReadOnlyList<ChatMessage> Messages => messages;

    /// <summary>Ordered by the position of their first message. Every message is in exactly one.</summary>
    public IReadOnlyList<MessageGroup> Groups { get; }

    public IReadOnlyList<Turn> Turns { get; }

    /// <summary>The index of the group that each message is in.</summary>
    public IReadOnlyList<int> GroupOfMessage => groupOfMessage;

    /// <summary>The indexes of groups with calls that have no result yet, ascending.</summary>
    public IReadOnlyList<int> OpenGroups { get; }

    /// <summary>The fingerprint of all messages: two transcripts with the same one say the same.</summary>
    public Fingerprint Fingerprint => prefixes.Length == 0 ? Fingerprint.Empty : prefixes[^1];

    /// <summary>The rolling fingerprint of the first <paramref name="messageCount"/> messages.</summary>
    public Fingerprint PrefixFingerprint(int messageCount) => messageCount == 0 ? Fingerprint.Empty : prefixes[messageCount - 1];

    /// <summary>The fingerprint of one message, wherever it stands.</summary>
    public Fingerprint MessageFingerprint(int messageIndex) => fingerprints[messageIndex];

    /// <summary>Groups <paramref name="messages"/>.</summary>
    public static Transcript Create(IEnumerable<ChatMessage> messages) => Empty.Append(messages);

    /// <summary>This transcript and more messages. Only the new ones are read; groups they do not touch are shared with this transcript.</summary>
    public Transcript Append(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ChatMessage[] all = [.. this.messages, .. messages];
        var known = this.messages.Length;
        if (all.Length == known)
            return this;
        var allFingerprints = Grown(fingerprints, all.Length);
        var allPrefixes = Grown(prefixes, all.Length);
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
    /// The transcript of <paramref name="messages"/>, which repeats this one and then goes on: what is the same is recognized and not read again.
    /// Messages are the same when they are the same instances, or equal by fingerprint.
    /// </summary>
    public Transcript Advance(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var known = Messages.Count;
        if (messages.Count < known)
            return Create(messages);
        for (var i = 0; i < known; i++)
        {
            if (!ReferenceEquals(messages[i], Messages[i]) && CanonicalContent.Of(messages[i]) != fingerprints[i])
                return Create(messages);
        }

        return Append(messages.Skip(known));
    }

    private static Fingerprint[] Grown(Fingerprint[] known, int length)
    {
        Array.Resize(ref known, length);
        return known;
    }
}
