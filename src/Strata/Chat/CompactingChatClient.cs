using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Tokens;
using Strata.Tokens.Calibration;

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
    private readonly RequestSender _sender;
    private readonly string? _defaultModel;
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
        _sender = new RequestSender(innerClient, compactor, _views, _requestTokens);
        _defaultModel = compactor.Options.Model ?? innerClient.GetService<ChatClientMetadata>()?.DefaultModelId;
    }

    public Compactor Compactor { get; }

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.ConversationId is not null)
            return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        var request = await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return await _sender.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var updates = options?.ConversationId is null
            ? _sender.StreamAsync(await PrepareAsync(messages, options, cancellationToken).ConfigureAwait(false), cancellationToken)
            : base.GetStreamingResponseAsync(messages, options, cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
            yield return update;
    }

    /// <summary>How the conversation of <paramref name="messages"/> stands. Asks no model and no archive, and changes nothing.</summary>
    public ConversationState GetState(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var incoming = new IncomingMessages(messages);
        var (conversation, history) = _conversations.Peek(incoming);
        return StateOf(CallOf(incoming, options, conversation, history));
    }

    /// <summary>Answers for the compactor, its <see cref="MessageCounter"/> and <see cref="IArchive"/>, and the <see cref="ConversationState"/> of the newest call.</summary>
    public override object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        object? own = serviceKey is not null ? null
            : serviceType == typeof(Compactor) ? Compactor
            : serviceType == typeof(MessageCounter) ? Compactor.Counter
            : serviceType == typeof(UsageCalibrator) ? Compactor.Calibrator
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
        await Compactor.Calibrator.LoadAsync(ModelOf(options), cancellationToken).ConfigureAwait(false);
        var call = CallOf(incoming, options, conversation, history);
        conversation.LastCall = new SentCall(call, Compactor.Time.GetUtcNow());
        var view = await _views.ChooseAsync(call, cancellationToken).ConfigureAwait(false);
        var tokens = call.TokensOf(view);
        if (_options.ThrowWhenCannotFit && !_views.Fits(call, tokens))
            throw new ContextOverflowException(FormattableString.Invariant($"The request has {tokens:N0} tokens; the window leaves {_views.LimitsOf(call).Available:N0}. Last try: {conversation.LastTry.Reason ?? "none"}."));

        // A list may be more than its messages; something read once is gone.
        var untouched = messages is IReadOnlyCollection<ChatMessage> or ICollection<ChatMessage> ? messages : incoming.Messages;
        return new OutgoingRequest(view is null ? untouched : ConversationView.Apply(view, incoming.Messages), options, call, view, tokens);
    }

    private string? ModelOf(ChatOptions? options) => options?.ModelId ?? _defaultModel;

    private ChatCall CallOf(IncomingMessages incoming, ChatOptions? options, Conversation conversation, History history)
    {
        var model = ModelOf(options);
        var call = new ChatCall(
            incoming.Messages, options, _requestTokens.Count(options), conversation, history, conversation.LastCall?.At, model, RecalledTokens: 0,
            Compactor.Calibrator.ScaleOf(model));
        return call with { RecalledTokens = (int)conversation.RecalledFor(call).Sum(exchange => exchange.Tokens) };
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
            Window = _views.LimitsOf(call).Window,
            Threshold = threshold,
            Messages = call.Messages.Length,
            MessagesSent = call.Messages.Length - (view?.Covered ?? 0) + (view?.Items.Count ?? 0),
            IsCompacting = call.Conversation.Background is not null,
            LastOutcome = call.Conversation.LastTry.Outcome,
            LastReason = call.Conversation.LastTry.Reason,
        };
    }
}
