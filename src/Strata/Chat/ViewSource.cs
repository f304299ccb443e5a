using Microsoft.Extensions.AI;

namespace Strata.Chat;

/// <summary>From a caller's messages to those that are sent: recognizes the conversation, chooses the view, and says how it stands.</summary>
internal sealed class ViewSource
{
    private readonly Compactor _compactor;
    private readonly ChatCompactionOptions _options;
    private readonly Conversations _conversations;
    private readonly string? _defaultModel;

    /// <param name="compactor">Compacts.</param>
    /// <param name="options">Already checked.</param>
    /// <param name="defaultModel">What is sent to where neither a call nor the compactor names a model; null: not known.</param>
    /// <param name="lifetime">Ends what is at work in the background.</param>
    public ViewSource(Compactor compactor, ChatCompactionOptions options, string? defaultModel, CancellationToken lifetime)
    {
        _compactor = compactor;
        _options = options;
        _defaultModel = compactor.Options.Model ?? defaultModel;
        _conversations = new Conversations(options.MaxConversations, compactor.Counter);
        RequestTokens = new RequestTokenCache(compactor.Counter);
        Views = new ViewCompactor(compactor, options, lifetime);
    }

    public RequestTokenCache RequestTokens { get; }

    public ViewCompactor Views { get; }

    /// <summary>How the conversation of the newest call stands; null before the first.</summary>
    public ConversationState? Newest => _conversations.Newest?.LastCall is { } sent ? StateOf(sent.Call) : null;

    public async ValueTask<OutgoingRequest> PrepareAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        var incoming = new IncomingMessages(messages);
        var (conversation, history) = _conversations.Recognize(incoming);
        await _compactor.Calibrator.LoadAsync(ModelOf(options), cancellationToken).ConfigureAwait(false);
        var call = CallOf(incoming, options, conversation, history);
        conversation.LastCall = new SentCall(call, _compactor.Time.GetUtcNow());
        var view = await Views.ChooseAsync(call, cancellationToken).ConfigureAwait(false);
        var tokens = call.TokensOf(view);
        if (_options.ThrowWhenCannotFit && !Views.Fits(call, tokens))
            throw new ContextOverflowException(FormattableString.Invariant($"The request has {tokens:N0} tokens; the window leaves {Views.LimitsOf(call).Available:N0}. Last try: {conversation.LastTry.Reason ?? "none"}."));

        // A list may be more than its messages; something read once is gone.
        var untouched = messages is IReadOnlyCollection<ChatMessage> or ICollection<ChatMessage> ? messages : incoming.Messages;
        return new OutgoingRequest(view is null ? untouched : ConversationView.Apply(view, incoming.Messages), options, call, view, tokens);
    }

    public ConversationState StateOf(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var incoming = new IncomingMessages(messages);
        var (conversation, history) = _conversations.Peek(incoming);
        return StateOf(CallOf(incoming, options, conversation, history));
    }

    private string? ModelOf(ChatOptions? options) => options?.ModelId ?? _defaultModel;

    private ChatCall CallOf(IncomingMessages incoming, ChatOptions? options, Conversation conversation, History history)
    {
        var model = ModelOf(options);
        var call = new ChatCall(
            incoming.Messages, options, RequestTokens.Count(options), conversation, history, conversation.LastCall?.At, model, RecalledTokens: 0,
            _compactor.Calibrator.ScaleOf(model));
        return call with { RecalledTokens = (int)conversation.RecalledFor(call).Sum(exchange => exchange.Tokens) };
    }

    private ConversationState StateOf(ChatCall call)
    {
        var view = call.View;
        var tokens = call.TokensOf(view);
        var threshold = Views.ThresholdOf(call, view);
        return new ConversationState
        {
            NeedsCompaction = tokens > threshold,
            LastCompactionAt = view?.At,
            CompactionCount = view?.Compactions ?? 0,
            Tokens = tokens,
            Window = Views.LimitsOf(call).Window,
            Threshold = threshold,
            Messages = call.Messages.Length,
            MessagesSent = call.Messages.Length - (view?.Covered ?? 0) + (view?.Items.Count ?? 0),
            IsCompacting = call.Conversation.Background is not null,
            LastOutcome = call.Conversation.LastTry.Outcome,
            LastReason = call.Conversation.LastTry.Reason,
        };
    }
}
