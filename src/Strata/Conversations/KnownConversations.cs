using Strata.Tokens;

namespace Strata.Conversations;

/// <summary>
/// The conversations that a client has lately seen, found by the whole prefix of a list of messages. One that was forgotten costs time,
/// never correctness.
/// </summary>
internal sealed class KnownConversations(int capacity, MessageCounter counter)
{
    // About 100 MB of text. What is remembered is mostly what callers hold anyway, but conversations end and nobody tells.
    private const long MostTokens = 20_000_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<Conversation> _recent = new();

    /// <summary>The conversation used last; null before the first.</summary>
    public Conversation? Newest
    {
        get
        {
            lock (_gate)
                return _recent.First?.Value;
        }
    }

    /// <summary>Finds the conversation that <paramref name="incoming"/> goes on with, or begins one, and remembers it.</summary>
    public (Conversation Conversation, History History) Recognize(IncomingMessages incoming)
    {
        var (known, history, common) = Find(incoming);
        var grown = history.Grow(incoming, common, counter);
        if (grown.Count == 0)
            return (new Conversation(grown, []), grown);
        lock (_gate)
        {
            if (known is not null && common == history.Count && ReferenceEquals(known.History, history))
            {
                known.History = grown;
                return (Touch(known), grown);
            }

            if (_recent.FirstOrDefault(other =>
                other.History.Count == grown.Count && other.History.Prefix(grown.Count) == grown.Prefix(grown.Count)) is { } twin)
                return (Touch(twin), grown);
            var begun = known?.Branch(grown, common) ?? new Conversation(grown, []);
            _recent.AddFirst(begun);
            Forget();
            return (begun, grown);
        }
    }

    /// <summary>The conversation that <paramref name="incoming"/> goes on with; nothing is remembered of the call.</summary>
    public (Conversation Conversation, History History) Peek(IncomingMessages incoming)
    {
        var (known, history, common) = Find(incoming);
        var grown = history.Grow(incoming, common, counter);
        if (known is not null && common == history.Count)
            return (known, grown);
        return (known?.Branch(grown, common) ?? new Conversation(grown, []), grown);
    }

    /// <summary>The conversation that has the longest prefix in common; of several one that ends there, then the newest.</summary>
    private (Conversation? Known, History History, int Common) Find(IncomingMessages incoming)
    {
        (Conversation Known, History History)[] all;
        lock (_gate)
            all = [.. _recent.Select(conversation => (conversation, conversation.History))];

        // A list that goes on with the very instances of the last call is by far the most common: nothing is hashed to see that.
        var best = Longest(all, incoming, static (history, incoming) => history.CommonInstances(incoming));
        return best.Known is not null && best.Common == best.History.Count
            ? best
            : Longest(all, incoming, static (history, incoming) => history.CommonPrefix(incoming));
    }

    private static (Conversation? Known, History History, int Common) Longest(
        (Conversation Known, History History)[] all, IncomingMessages incoming, Func<History, IncomingMessages, int> measure)
    {
        (Conversation? Known, History History, int Common) best = (null, History.Empty, 0);
        foreach (var (known, history) in all)
        {
            var common = measure(history, incoming);
            if (common > best.Common || (common == best.Common && common > 0 && common == history.Count && best.History.Count > common))
                best = (known, history, common);
        }

        return best;
    }

    private Conversation Touch(Conversation conversation)
    {
        _recent.Remove(conversation);
        _recent.AddFirst(conversation);
        return conversation;
    }

    private void Forget()
    {
        var tokens = _recent.Sum(conversation => conversation.History.TokensFrom(0));
        while (_recent.Count > 1 && (_recent.Count > capacity || tokens > MostTokens))
        {
            tokens -= _recent.Last!.Value.History.TokensFrom(0);
            _recent.RemoveLast();
        }
    }
}
