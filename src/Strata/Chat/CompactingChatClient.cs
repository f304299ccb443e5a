using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Conversations;
using Strata.Tokens;
using Strata.Tokens.Calibration;

namespace Strata.Chat;

/// <summary>Sends every conversation inside the window: what its compactor made of the earlier messages, and the messages since.</summary>
/// <remarks>
/// Thread-safe; one client serves many conversations. Give it the whole conversation in every call, as a function-invocation loop does:
/// what is known of it costs nothing again. The caller's messages and options are never changed. A call whose options name a
/// <see cref="ChatOptions.ConversationId"/> passes through, for the service holds that history.
/// </remarks>
public sealed class CompactingChatClient : DelegatingChatClient
{
    private readonly ContextManager _context;
    private readonly RequestSender _sender;

    /// <param name="innerClient">Is sent what fits.</param>
    /// <param name="compactor">Compacts.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">Options that make no sense: the message names them and the way out.</exception>
    public CompactingChatClient(IChatClient innerClient, Compactor compactor, ConversationOptions? options = null)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(compactor);
        Compactor = compactor;
        _context = new ContextManager(compactor, options, innerClient.GetService<ChatClientMetadata>()?.DefaultModelId);
        _sender = new RequestSender(innerClient, _context);
        FunctionInvocation.TellWhereInside(innerClient, _context.Notices);
    }

    public Compactor Compactor { get; }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (!string.IsNullOrWhiteSpace(options?.ConversationId))
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var request = await _context.PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var updates = string.IsNullOrWhiteSpace(options?.ConversationId)
            ? _sender.StreamAsync(
                await _context.PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false), cancellationToken)
            : base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
            yield return update;
    }

    /// <summary>How the conversation of <paramref name="messages"/> stands. Asks no model and no archive, and changes nothing.</summary>
    public ConversationState GetState(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _context.StateOf(messages, options);
    }

    /// <summary>
    /// Answers for the compactor, its <see cref="MessageCounter"/> and <see cref="IArchive"/>, and the <see cref="ConversationState"/> of
    /// the newest call.
    /// </summary>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        object? own = serviceKey is not null ? null
            : serviceType == typeof(Compactor) ? Compactor
            : serviceType == typeof(MessageCounter) ? Compactor.Counter
            : serviceType == typeof(UsageCalibrator) ? Compactor.Calibrator
            : serviceType == typeof(IArchive) ? Compactor.Archive
            : serviceType == typeof(ConversationState) ? _context.Newest
            : null;
        return own ?? base.GetService(serviceType, serviceKey);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _context.Dispose();
        base.Dispose(disposing);
    }
}
