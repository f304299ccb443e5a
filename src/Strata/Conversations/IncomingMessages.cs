using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Conversations;

/// <summary>The messages of one call with what tells them from others.</summary>
internal sealed class IncomingMessages
{
    private readonly ChatMessage[] _messages;
    private readonly int[] _stamps;
    private Fingerprint?[]? _fingerprints;

    /// <exception cref="ArgumentException">One of them is null.</exception>
    public IncomingMessages(IEnumerable<ChatMessage> messages)
    {
        // A copy: the caller may go on with its list while this call waits, and may have given something that is read only once.
        _messages = [.. messages];
        if (Array.IndexOf(_messages, null) is >= 0 and var index)
            throw new ArgumentException(FormattableString.Invariant($"Message {index} is null."), nameof(messages));
        _stamps = Array.ConvertAll(_messages, MessageStamp.Of);
    }

    public int Count => _messages.Length;

    public ChatMessage[] Messages => _messages;

    public bool Is(int index, ChatMessage message, int stamp) => ReferenceEquals(_messages[index], message) && _stamps[index] == stamp;

    public int StampOf(int index) => _stamps[index];

    /// <summary>Read once, and only where somebody asks: it costs as much as hashing the message.</summary>
    public Fingerprint FingerprintOf(int index) =>
        (_fingerprints ??= new Fingerprint?[Count])[index] ??= CanonicalContent.Of(_messages[index]);
}
