using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata;

/// <summary>
/// Remembers the last few conversations of a compactor, so that one that has grown since costs only what is new. A conversation is known by
/// its message instances. Their messages stay in memory until newer conversations take their place; losing one costs time, never
/// correctness.
/// </summary>
internal sealed class ConversationMemory(MessageCounter counter)
{
    // As many conversations as one process usually holds at a time.
    private const int Capacity = 16;

    private readonly Lock _gate = new();
    private readonly List<(Transcript Transcript, TokenMap Tokens)> _recent = [];

    /// <summary>Forgets all: what their messages are is judged anew.</summary>
    public void Clear()
    {
        lock (_gate)
            _recent.Clear();
    }

    public (Transcript Transcript, TokenMap Tokens) Recognize(IReadOnlyList<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        (Transcript Transcript, TokenMap Tokens)[] known;
        lock (_gate)
            known = [.. _recent];

        foreach (var entry in known)
        {
            if (entry.Transcript.Messages.Count == 0 || !entry.Transcript.IsPrefixOf(messages))
                continue;
            var grown = entry.Transcript.Append(messages.Skip(entry.Transcript.Messages.Count));
            return Remember((grown, entry.Tokens.Advance(grown)), entry.Transcript);
        }

        var transcript = Transcript.Create(messages);
        return Remember((transcript, TokenMap.Measure(transcript, counter)), replaces: null);
    }

    private (Transcript Transcript, TokenMap Tokens) Remember((Transcript Transcript, TokenMap Tokens) entry, Transcript? replaces)
    {
        lock (_gate)
        {
            _recent.RemoveAll(known =>
                ReferenceEquals(known.Transcript, replaces) || known.Transcript.Fingerprint == entry.Transcript.Fingerprint);
            _recent.Insert(0, entry);
            if (_recent.Count > Capacity)
                _recent.RemoveAt(Capacity);
        }

        return entry;
    }
}
