using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Diagnostics;

namespace Strata.Chat;

/// <summary>
/// The compactor as a chat reducer, for pipelines that take one: <c>UseChatReducer</c>, and the chat history of an agent framework.
/// </summary>
/// <remarks>
/// <para>
/// Whoever calls a reducer may keep its output and throw the input away: an agent framework that reduces its stored history does. What was
/// cut is then only in the archive, so give the compactor one; without it the loss is for good. A <see cref="CompactingChatClient"/> leaves
/// the stored history whole.
/// </para>
/// <para>
/// The output can have as many messages as the input and still be much smaller, for long contents are shortened before any message leaves.
/// An adapter that looks at the number of messages only (<c>ChatReducerCompactionStrategy</c>) takes that for nothing.
/// </para>
/// <para>
/// Thread-safe. The caller's messages are never changed. A history that was reduced before, also by another process and after a round trip
/// through JSON, goes on from its summary. A caller that passes the whole, growing history each time gets the same beginning each time
/// until it is due again.
/// </para>
/// </remarks>
public sealed class CompactingChatReducer : IChatReducer, IDisposable
{
    private readonly ContextManager _context;
    private readonly ChatOptions? _chatOptions;

    /// <param name="compactor">Compacts; may serve many reducers and clients.</param>
    /// <param name="chatOptions">What is sent with the messages and counts towards the window: instructions, tools, the model's name. Null:
    /// nothing.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">Options that make no sense: the message names them and the way out.</exception>
    public CompactingChatReducer(Compactor compactor, ChatOptions? chatOptions = null, ConversationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(compactor);
        _context = new ContextManager(compactor, options);
        _chatOptions = chatOptions?.Clone();
        Compactor = compactor;
    }

    public Compactor Compactor { get; }

    /// <summary>The messages to go on with: the caller's own instances wherever nothing changed, in a list of its own.</summary>
    public async Task<IEnumerable<ChatMessage>> ReduceAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = await _context.PrepareAsync(messages, _chatOptions, cancellationToken).ConfigureAwait(false);
        if (request.MessagesReplaced > 0)
            CompactionTelemetry.MarkCompacted(Activity.Current);

        // A caller may empty its own list to fill it with what it gets.
        return [.. request.Messages];
    }

    /// <summary>Ends a compaction in the background.</summary>
    public void Dispose() => _context.Dispose();
}
