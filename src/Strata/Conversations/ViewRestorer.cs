using Strata.Archives;
using Strata.Rendering;
using Strata.Tokens;

namespace Strata.Conversations;

/// <summary>Finds the view again that another process, or this one before it was restarted, sent for a conversation.</summary>
internal sealed class ViewRestorer(IArchive archive, MessageCounter counter)
{
    /// <summary>Null when the archive knows none, or not all of it any more.</summary>
    public async ValueTask<ConversationView?> FindAsync(ConversationCall call, CancellationToken cancellationToken)
    {
        var history = call.History;
        var prefixes = Enumerable.Range(1, history.Count).Select(history.Prefix).ToList();
        var found = await archive.FindReceiptAsync(ReceiptKey.History, prefixes, cancellationToken).ConfigureAwait(false);
        if (found is null || found.HistoryCount > history.Count || history.Prefix(found.HistoryCount) != found.History)
            return null;

        var made = found.After.Where(message => !IsOfHistory(message, found, history)).Select(message => message.Fingerprint).ToList();
        var originals = await archive.ReadAsync(made, cancellationToken).ConfigureAwait(false);
        if (originals.Contains(null))
            return null;
        var session = await archive.FindSessionAsync(found.SessionId, cancellationToken).ConfigureAwait(false);
        var next = 0;
        ViewItem[] items =
        [
            .. found.After.Select(message => IsOfHistory(message, found, history)
                ? new ViewItem(message.HistoryIndex, made: null)
                : new ViewItem(-1, originals[next++]!.Message, message.HistoryIndex)),
        ];
        var view = new ConversationView(
            items, found.HistoryCount,
            items.Sum(item => item.Made is { } message ? counter.Count(message).Total : history.TokensOf(item.HistoryIndex)),
            Math.Max(session?.Compactions ?? 1, 1), found.Receipt.At, found.SessionId, found.Receipt.Id);
        return ConversationValidator.Check(ConversationView.Apply(view, call.Messages)).Count == 0 ? view : null;
    }

    // A message that was shortened has its place in the history and another fingerprint.
    private static bool IsOfHistory(ArchivedOutgoing message, ArchivedReceipt receipt, History history) =>
        message.HistoryIndex >= 0 && message.HistoryIndex < receipt.HistoryCount
            && history.FingerprintOf(message.HistoryIndex) == message.Fingerprint;
}
