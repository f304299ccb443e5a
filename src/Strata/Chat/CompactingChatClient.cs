using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Tokens;

namespace Strata.Chat;

/// <summary>Sends every conversation inside the window: what its compactor made of the earlier messages, and the messages since.</summary>
/// <remarks>
/// Thread-safe; one client serves many conversations. Give it the whole conversation in every call, as a function-invocation loop does: what is known of it
/// costs nothing again. The caller's messages and options are never changed. A call whose options name a <see cref="ChatOptions.ConversationId"/> passes
/// through, for the service holds that history.
/// </remarks>
public sealed class CompactingChatClient : DelegatingChatClient
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Conversations _conversations;
    private readonly RequestTokenCache _requestTokens;
    private readonly ViewCompactor _views;
    private readonly ChatCompactionOptions _options;

    /// <param name="innerClient">Is sent what fits.</param>
    /// <param name="compactor">Compacts.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">Options that make no sense: the message names them and the way out.</exception>
    public CompactingChatClient(IChatClient innerClient, Compactor compactor, ChatCompactionOptions? options = null)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(compactor);
        _options = (options ?? new ChatCompactionOptions()).Checked();
        Compactor = compactor;
        _conversations = new Conversations(_options.MaxConversations, compactor.Counter);
        _requestTokens = new RequestTokenCache(compactor.Counter);
        _views = new ViewCompactor(compactor, _options, _lifetime.Token);
    }

    public Compactor Compactor { get; }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.ConversationId is not null)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var request = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return await base.GetResponseAsync(request.Messages, request.Options, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var request = options?.ConversationId is null ? await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false) : null;
        await foreach (var update in base.GetStreamingResponseAsync(request?.Messages ?? messages, options, cancellationToken).ConfigureAwait(false))
            yield return update;
    }

    /// <summary>How the conversation of <paramref name="messages"/> stands. Asks no model and no archive, and changes nothing.</summary>
    public ConversationState GetState(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var incoming = new IncomingMessages(messages);
        var (conversation, history) = _conversations.Peek(incoming);
        return StateOf(new ChatCall(incoming.Messages, options, _requestTokens.Count(options), conversation, history, conversation.LastCall?.At));
    }

    /// <summary>Answers for the compactor, its <see cref="MessageCounter"/> and <see cref="IArchive"/>, and the <see cref="ConversationState"/> of the newest call.</summary>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        object? own = serviceKey is not null ? null
            : serviceType == typeof(Compactor) ? Compactor
            : serviceType == typeof(MessageCounter) ? Compactor.Counter
            : serviceType == typeof(IArchive) ? Compactor.Archive
            : serviceType == typeof(ConversationState) && _conversations.Newest?.LastCall is { } call ? StateOf(call.Call)
            : null;
        return own ?? base.GetService(serviceType, serviceKey);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _lifetime.Cancel();
        base.Dispose(disposing);
    }

    private async ValueTask<OutgoingRequest> PrepareAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var incoming = new IncomingMessages(messages);
        var (conversation, history) = _conversations.Recognize(incoming);
        var call = new ChatCall(incoming.Messages, options, _requestTokens.Count(options), conversation, history, conversation.LastCall?.At);
        conversation.LastCall = new SentCall(call, Compactor.Time.GetUtcNow());
        var view = await _views.ChooseAsync(call, cancellationToken).ConfigureAwait(false);
        var tokens = call.TokensOf(view);
        if (_options.ThrowWhenCannotFit && !_views.Fits(tokens))
            throw new ContextOverflowException(FormattableString.Invariant($"The request has {tokens:N0} tokens; the window leaves {Compactor.Budget.Available:N0}. Last try: {conversation.LastTry.Reason ?? "none"}."));

        // A list may be more than its messages; something read once is gone.
        var untouched = messages is IReadOnlyCollection<ChatMessage> or ICollection<ChatMessage> ? messages : incoming.Messages;
        return new OutgoingRequest(view is null ? untouched : ConversationView.Apply(view, incoming.Messages), options, call, tokens);
    }

    private ConversationState StateOf(ChatCall call)
    {
        var view = call.View;
        var tokens = call.TokensOf(view);
        var threshold = _views.ThresholdOf(call, view);
        return new ConversationState
        {
            NeedsCompaction = tokens > threshold,
            LastCompactionAt = view?.At,
            CompactionCount = view?.Compactions ?? 0,
            Tokens = tokens,
            Window = Compactor.Budget.Window,
            Threshold = threshold,
            Messages = call.Messages.Length,
            MessagesSent = call.Messages.Length - (view?.Covered ?? 0) + (view?.Items.Count ?? 0),
            IsCompacting = call.Conversation.Background is not null,
            LastOutcome = call.Conversation.LastTry.Outcome,
            LastReason = call.Conversation.LastTry.Reason,
        };
    }
}
