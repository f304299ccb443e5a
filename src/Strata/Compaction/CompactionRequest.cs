using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Formats;
using Strata.Models;

namespace Strata;

/// <summary>One conversation to be compacted, and what this one call asks beyond the options.</summary>
public sealed record CompactionRequest
{
    public required IReadOnlyList<ChatMessage> Messages { get; init; }

    /// <value>
    /// Instructions and tools that are sent with the messages and count towards the window, and the room that the answer asks for
    /// (<see cref="ChatOptions.MaxOutputTokens"/>); null when there are none.
    /// </value>
    public ChatOptions? ChatOptions { get; init; }

    /// <value>
    /// Who signed the reasoning in the messages. Null: not known, and then the model says whether it may stay behind rewritten messages.
    /// </value>
    public ReasoningVendor? SignedBy { get; init; }

    /// <value>
    /// Indexes of messages that stay word for word, with the groups they are in, beside those that carry a pin (<see cref="MessagePins"/>).
    /// </value>
    public IReadOnlyCollection<int> Pins { get; init; } = [];

    /// <value>Compacts to the target even below the threshold.</value>
    public bool Force { get; init; }

    /// <value>Tokens above which this call compacts; null: by the options.</value>
    public int? Threshold { get; init; }

    /// <value>Tokens to end at or below; null: by the options.</value>
    public int? Target { get; init; }

    /// <value>Whose conversation it is, for receipts and metrics; null: not told.</value>
    public string? AgentId { get; init; }

    /// <value>
    /// The session that it is archived under. Null: the one whose compacted conversation this one went on from, else a new one.
    /// </value>
    public string? SessionId { get; init; }

    /// <value>What people call the session: a file, a title; null: nothing.</value>
    public string? SessionName { get; init; }

    /// <value>The session file that the messages were read from, to be archived with them; null when there is none.</value>
    public ArchivedDocument? Document { get; init; }

    /// <value>Where the messages stand in the conversation as its owner holds it; null: they are that conversation.</value>
    internal ConversationOrigin? Origin { get; init; }

    /// <value>The name under which the model's usage is learnt; null: that of <see cref="ChatOptions"/>, else that of the options.</value>
    internal string? SentModel { get; init; }

    /// <value>The window where it turned out smaller than the options or the catalogue say; null: it did not.</value>
    internal int? LearntWindow { get; init; }

    /// <value>
    /// What the session has been doing, for an adaptive threshold. Null, or without tokens per turn: these are measured on the newest five
    /// turns.
    /// </value>
    public SessionPace? Pace { get; init; }
}
