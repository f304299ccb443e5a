using Microsoft.Extensions.AI;
using Strata.Conversations.Recalling;
using Strata.Transcripts;

namespace Strata.Conversations;

/// <summary>What is sent to a model in place of the messages that a caller gave.</summary>
public sealed record PreparedRequest
{
    internal PreparedRequest(
        IEnumerable<ChatMessage> messages, ChatOptions? options, ConversationCall call, ConversationView? view, long tokens)
    {
        Messages = messages;
        Options = options;
        Call = call;
        View = view;
        Tokens = tokens;
    }

    /// <value>The caller's own list where nothing was compacted; its own instances wherever a message is unchanged.</value>
    public IEnumerable<ChatMessage> Messages { get; internal init; }

    /// <value>The caller's options, or a copy where a tool was added.</value>
    public ChatOptions? Options { get; internal init; }

    /// <value>Tokens of the whole request as the provider is expected to report them.</value>
    public long Tokens { get; }

    /// <value>How many of the caller's first messages were replaced by what compactions made of them; 0: none.</value>
    public int MessagesReplaced => View?.Covered ?? 0;

    /// <value>The session that the newest compaction of the conversation was archived under; null: nothing was archived.</value>
    public string? SessionId => View?.SessionId;

    /// <value>The receipt of that compaction; null: nothing was compacted.</value>
    public string? ReceiptId => View?.ReceiptId;

    /// <summary>
    /// The messages, each with the index of the caller's message that it is or was shortened from, as a
    /// <see cref="Formats.ISessionFormat"/> writes them.
    /// </summary>
    /// <param name="keepsHandles">False where nothing answers a recall: then the text of summaries names no handles.</param>
    public IReadOnlyList<OutgoingMessage> GetOutgoing(bool keepsHandles = true) =>
        ConversationView.Outgoing(View, Call.Messages, keepsHandles);

    /// <summary>What it is sent for.</summary>
    internal ConversationCall Call { get; }

    /// <summary>What stands for the messages that were compacted; null: nothing does.</summary>
    internal ConversationView? View { get; }

    /// <summary>Tokens of it as they are counted here, before the provider's scale.</summary>
    internal long Counted { get; init; }

    /// <summary>The recall tools that were added; null: none.</summary>
    internal RecallOffer? Offer { get; init; }
}
