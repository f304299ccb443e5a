using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Conversations;

/// <summary>The conversation as its owner holds it, as far as it was seen: by position what each message is and costs. Immutable.</summary>
internal sealed class History
{
    private readonly Log _log;
    private readonly Entry[] _entries;

    private History(Log log, int count)
    {
        _log = log;
        _entries = log.Entries;
        Count = count;
    }

    public static History Empty { get; } = new(new Log([], 0), 0);

    public int Count { get; }

    /// <summary>The rolling fingerprint of the first <paramref name="count"/> messages.</summary>
    public Fingerprint Prefix(int count) => count == 0 ? Fingerprint.Empty : _entries[count - 1].Prefix;

    public Fingerprint FingerprintOf(int index) => _entries[index].Fingerprint;

    /// <summary>Tokens of the messages from <paramref name="first"/> on.</summary>
    public long TokensFrom(int first) => TokensBefore(Count) - TokensBefore(first);

    public long TokensOf(int index) => TokensBefore(index + 1) - TokensBefore(index);

    /// <summary>How many messages at the beginning are the same instances, untouched.</summary>
    public int CommonInstances(IncomingMessages incoming)
    {
        var most = Math.Min(Count, incoming.Count);
        for (var i = 0; i < most; i++)
        {
            if (!incoming.Is(i, _entries[i].Message, _entries[i].Stamp))
                return i;
        }

        return most;
    }

    /// <summary>How many messages at the beginning say the same, whatever objects hold them.</summary>
    public int CommonPrefix(IncomingMessages incoming)
    {
        var most = Math.Min(Count, incoming.Count);
        for (var i = 0; i < most; i++)
        {
            if (!incoming.Is(i, _entries[i].Message, _entries[i].Stamp) && incoming.FingerprintOf(i) != _entries[i].Fingerprint)
                return i;
        }

        return most;
    }

    /// <summary>
    /// The history of <paramref name="incoming"/>, whose first <paramref name="common"/> messages are known to be this one's.
    /// </summary>
    public History Grow(IncomingMessages incoming, int common, MessageCounter counter)
    {
        // What is known is kept in place unless the caller goes on with copies of it: the next call is then recognized by these.
        var (log, kept) = CommonInstances(incoming) >= common ? (_log, common) : (new Log(new Entry[incoming.Count], 0), 0);
        var added = new Entry[incoming.Count - kept];
        var (prefix, tokens) = (Prefix(kept), TokensBefore(kept));
        for (var i = kept; i < incoming.Count; i++)
        {
            var message = incoming.Messages[i];
            var fingerprint = i < common ? _entries[i].Fingerprint : incoming.FingerprintOf(i);
            prefix = i < common ? _entries[i].Prefix : prefix.Then(fingerprint);
            tokens += i < common ? TokensOf(i) : counter.Count(message).Total;
            added[i - kept] = new Entry(message, incoming.StampOf(i), fingerprint, prefix, tokens);
        }

        return new History(log.Append(kept, added), incoming.Count);
    }

    private long TokensBefore(int index) => index == 0 ? 0 : _entries[index - 1].TokensThrough;

    [SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
    private readonly record struct Entry(ChatMessage Message, int Stamp, Fingerprint Fingerprint, Fingerprint Prefix, long TokensThrough);

    /// <summary>
    /// Shared by a history and those that grew from it, so that a call costs what is new and not a copy of everything: the first one to
    /// grow writes on.
    /// </summary>
    private sealed class Log(Entry[] entries, int used)
    {
        private readonly Lock _gate = new();
        private int _used = used;

        public Entry[] Entries { get; } = entries;

        public Log Append(int count, Entry[] added)
        {
            lock (_gate)
            {
                if (_used == count && count + added.Length <= Entries.Length)
                {
                    added.CopyTo(Entries, count);
                    _used += added.Length;
                    return this;
                }
            }

            var grown = new Entry[Math.Max(count + added.Length, Math.Min(count * 2, count + MostSpare))];
            Array.Copy(Entries, grown, count);
            added.CopyTo(grown, count);
            return new Log(grown, count + added.Length);
        }

        private const int MostSpare = 4096;
    }
}
