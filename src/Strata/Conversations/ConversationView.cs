using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Conversations;

/// <summary>
/// What the compactions so far made of the first messages of a history. Immutable: what is sent before the messages since stays the same,
/// byte for byte.
/// </summary>
/// <param name="Items">In the order in which they are sent.</param>
/// <param name="Covered">How many messages of the history it stands for.</param>
/// <param name="Tokens">Tokens of the items.</param>
/// <param name="Compactions">How many compactions led to it.</param>
/// <param name="At">When the last of them was.</param>
/// <param name="SessionId">The session that the last of them was archived under; null: nowhere.</param>
/// <param name="ReceiptId">The receipt of the last of them.</param>
internal sealed record ConversationView(
    IReadOnlyList<ViewItem> Items, int Covered, long Tokens, int Compactions, DateTimeOffset At, string? SessionId, string ReceiptId)
{
    /// <summary>
    /// The messages that stand for a history: the caller's own instances of this call wherever nothing changed.
    /// </summary>
    public static ChatMessage[] Apply(ConversationView? view, ChatMessage[] messages) =>
        Apply(view, messages, static item => item.Made);

    /// <summary>The same as a model is sent them that cannot recall anything.</summary>
    public static ChatMessage[] ApplyWithoutHandles(ConversationView? view, ChatMessage[] messages) =>
        Apply(view, messages, static item => item.WithoutHandles);

    private static ChatMessage[] Apply(ConversationView? view, ChatMessage[] messages, Func<ViewItem, ChatMessage?> made)
    {
        if (view is null)
            return messages;
        var outgoing = new ChatMessage[view.Items.Count + messages.Length - view.Covered];
        for (var i = 0; i < view.Items.Count; i++)
            outgoing[i] = made(view.Items[i]) ?? messages[view.Items[i].HistoryIndex];
        Array.Copy(messages, view.Covered, outgoing, view.Items.Count, messages.Length - view.Covered);
        return outgoing;
    }

    /// <summary>
    /// What is sent for a history, each message with the index of the message that it is or was made of; −1 for a summary.
    /// </summary>
    public static OutgoingMessage[] Outgoing(ConversationView? view, ChatMessage[] messages, bool keepsHandles)
    {
        var sources = Sources(view, messages.Length);
        return
        [
            .. (keepsHandles ? Apply(view, messages) : ApplyWithoutHandles(view, messages)).Select((message, i) => new OutgoingMessage(
                sources[i] < 0 || ReferenceEquals(message, messages[sources[i]]) ? message : Relinked(message, messages[sources[i]]),
                sources[i])),
        ];
    }

    // A message was shortened in an earlier call. What it kept is this call's instance again, so that its bytes are left alone now as they
    // were then.
    private static ChatMessage Relinked(ChatMessage made, ChatMessage source)
    {
        var (contents, next) = (made.Contents.ToArray(), 0);
        for (var i = 0; i < contents.Length; i++)
        {
            var fingerprint = CanonicalContent.Of(contents[i]);
            for (var j = next; j < source.Contents.Count; j++)
            {
                if (CanonicalContent.Of(source.Contents[j]) != fingerprint)
                    continue;
                (contents[i], next) = (source.Contents[j], j + 1);
                break;
            }
        }

        var relinked = made.Clone();
        relinked.Contents = contents;
        return relinked;
    }

    /// <summary>For each message to send its index in the history; −1 for what a compaction made.</summary>
    public static IReadOnlyList<int> Indexes(ConversationView? view, int count)
    {
        if (view is null)
            return [.. Enumerable.Range(0, count)];
        return [.. view.Items.Select(item => item.HistoryIndex), .. Enumerable.Range(view.Covered, count - view.Covered)];
    }

    private static IReadOnlyList<int> Sources(ConversationView? view, int count) => view is null
        ? [.. Enumerable.Range(0, count)]
        : [.. view.Items.Select(item => item.Source), .. Enumerable.Range(view.Covered, count - view.Covered)];

    /// <summary>The view that a compaction of <paramref name="before"/> and all messages since led to.</summary>
    public static ConversationView After(
        ConversationView? before, History history, IReadOnlyList<ChatMessage> compacted, CompactionResult result, MessageCounter counter)
    {
        var (indexes, sources) = (Indexes(before, history.Count), Sources(before, history.Count));
        var items = new ViewItem[result.Outgoing.Count];
        var tokens = 0L;
        for (var i = 0; i < items.Length; i++)
        {
            var (message, source) = result.Outgoing[i];
            var stayed = source >= 0 && ReferenceEquals(message, compacted[source]) && indexes[source] >= 0;
            items[i] = stayed ? new ViewItem(indexes[source], made: null) : new ViewItem(-1, message, source < 0 ? -1 : sources[source]);
            tokens += stayed ? history.TokensOf(indexes[source]) : counter.Count(message).Total;
        }

        return new ConversationView(
            items, history.Count, tokens, (before?.Compactions ?? 0) + 1, result.Receipt!.At, result.Receipt.SessionId,
            result.Receipt.Id);
    }

    /// <summary>
    /// The view that also covers the messages since, without their signed reasoning: a compaction in the background takes effect behind
    /// them, and they were made behind what it rewrote.
    /// </summary>
    public ConversationView CoverWithoutReasoning(ConversationCall call, MessageCounter counter)
    {
        var (items, tokens) = (Items.ToList(), Tokens);
        for (var i = Covered; i < call.History.Count; i++)
        {
            var rest = SignedReasoning.Without(call.Messages[i]);
            if (rest is null)
                continue;
            var stays = ReferenceEquals(rest, call.Messages[i]);
            items.Add(stays ? new ViewItem(i, made: null) : new ViewItem(-1, rest, i));
            tokens += stays ? call.History.TokensOf(i) : counter.Count(rest).Total;
        }

        return this with { Items = items, Covered = call.History.Count, Tokens = tokens };
    }
}

/// <summary>One message of a view: one of the history, or one that a compaction made.</summary>
/// <param name="HistoryIndex">Its index in the history; −1 for what a compaction made.</param>
/// <param name="Made">A summary, a notice, or a shortened message; null for one of the history.</param>
/// <param name="Source">The index of the message of the history that it was shortened from; −1 for a summary.</param>
internal sealed record ViewItem(int HistoryIndex, ChatMessage? Made, int Source)
{
    private ChatMessage? _withoutHandles;

    /// <summary>One of the history, or a summary.</summary>
    public ViewItem(int historyIndex, ChatMessage? made)
        : this(historyIndex, made, historyIndex)
    {
    }

    /// <summary><see cref="Made"/> without the handles in it: the same instance each time.</summary>
    public ChatMessage? WithoutHandles => Made is null ? null : _withoutHandles ??= HandleText.Without(Made);
}
