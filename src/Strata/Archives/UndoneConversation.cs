using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>A conversation as it is without its last compactions.</summary>
public sealed record UndoneConversation
{
    /// <value>The messages: the caller's own instances where they still stand, the archive's copies where they had been replaced.</value>
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <value>The same messages, each with its index in the conversation that was given; −1 for one that the archive brought back.</value>
    public required IReadOnlyList<OutgoingMessage> Outgoing { get; init; }

    /// <value>The receipts that are undone by this, newest first.</value>
    public required IReadOnlyList<string> ReceiptIds { get; init; }

    public required string SessionId { get; init; }

    /// <value>Messages that the archive brought back.</value>
    public required int MessagesRestored { get; init; }

    /// <value>Places in what was brought back where a placeholder stands for a secret.</value>
    public required int SecretsRedacted { get; init; }

    /// <value>
    /// Whether the compacted part had been changed since: then what was as the compaction left it was expanded in its place, all else
    /// stayed as it is, and what a removed or changed summary stood for did not come back.
    /// </value>
    public required bool WasEdited { get; init; }

    /// <summary>
    /// The same without the signed reasoning of messages that were at hand: it was made behind the compacted messages, and where
    /// <see cref="Models.ModelMatch.BindsReasoning"/> its vendor refuses it behind these. What the archive brought back keeps its own.
    /// </summary>
    public UndoneConversation WithoutReasoningSince()
    {
        var outgoing = Outgoing
            .Select(message => message.SourceIndex < 0 ? message : message with { Message = SignedReasoning.Without(message.Message)! })
            .Where(message => message.Message is not null).ToList();
        return this with { Outgoing = outgoing, Messages = [.. outgoing.Select(message => message.Message)] };
    }
}
