using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Conversations.Recalling;
using Strata.Tokens.Calibration;

namespace Strata.Conversations;

/// <summary>
/// Keeps conversations inside their window, whatever carries them: it is given all messages of a conversation in every call and says what
/// to send instead. It calls no model but those of the compactor's summarizer. A chat client or a gateway sends what it says and reports
/// what came of it.
/// </summary>
/// <remarks>
/// <para>
/// For each call: <see cref="PrepareAsync"/> recognizes the conversation and says what to send; send that; then
/// <see cref="ReportUsageAsync"/>, or, where the provider says that it is too long, <see cref="TightenAsync"/> once and send what that
/// says. Whatever leaves the context is committed to the compactor's archive before these methods return, so there is nothing else to
/// commit.
/// </para>
/// <para>Thread-safe; one manager serves many conversations. The caller's messages and options are never changed.</para>
/// </remarks>
public sealed class ContextManager : IDisposable
{
    private readonly Compactor _compactor;
    private readonly ConversationOptions _options;
    private readonly ModelLanes _lanes;
    private ModelLane? _newest;
    private readonly CancellationTokenSource _lifetime = new();

    /// <param name="compactor">Compacts; may serve many managers.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="defaultModel">What is sent to where neither a call nor the compactor names a model; null: not known.</param>
    /// <exception cref="ArgumentException">Options that make no sense: the message names them and the way out.</exception>
    public ContextManager(Compactor compactor, ConversationOptions? options = null, string? defaultModel = null)
    {
        ArgumentNullException.ThrowIfNull(compactor);
        _compactor = compactor;
        _options = (options ?? new ConversationOptions()).Checked();
        Notices = new Notices(_options.OnNotice);
        _lanes = new ModelLanes(compactor, _options, defaultModel, Notices, _lifetime.Token);
    }

    /// <summary>How the conversation of the newest call stands; null before the first.</summary>
    public ConversationState? Newest =>
        Volatile.Read(ref _newest)?.Conversations.Newest?.LastCall is { } sent ? StateOf(sent.Call) : null;

    /// <summary>Tells of what is likely to be wrong.</summary>
    internal Notices Notices { get; }

    /// <summary>What to send for a conversation. Compacts where that is due, at once or in the background.</summary>
    /// <param name="messages">The whole conversation, as its owner holds it.</param>
    /// <param name="options">Instructions and tools that are sent with it, and the model's name; null: nothing.</param>
    /// <param name="cancellationToken">Ends the waiting; a compaction in the background goes on.</param>
    /// <exception cref="ContextOverflowException">It does not fit, and the options ask for an exception then.</exception>
    public async ValueTask<PreparedRequest> PrepareAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var incoming = new IncomingMessages(messages);
        var lane = _lanes.Of(options);
        var (conversation, history) = lane.Conversations.Recognize(incoming);
        Volatile.Write(ref _newest, lane);
        await _compactor.Calibrator.LoadAsync(_lanes.ModelOf(options), cancellationToken).ConfigureAwait(false);
        var call = CallOf(lane, incoming, options, conversation, history);
        conversation.LastCall = new SentCall(call, _compactor.Time.GetUtcNow());
        var view = await lane.Views.ChooseAsync(call, cancellationToken).ConfigureAwait(false);
        var tokens = call.TokensOf(view);
        if (_options.ThrowWhenCannotFit && !lane.Views.Limits.Fits(call, tokens))
        {
            throw new ContextOverflowException(string.Create(CultureInfo.InvariantCulture,
                $"The request has {tokens:N0} tokens; the window leaves {lane.Views.Limits.Of(call).Available:N0}. Last try: "
                    + $"{conversation.LastTry.Reason ?? "none"}."));
        }

        // A list may be more than its messages; something read once is gone.
        var untouched = messages is IReadOnlyCollection<ChatMessage> or ICollection<ChatMessage> ? messages : incoming.Messages;
        return RequestOf(view is null ? untouched : ConversationView.Apply(view, incoming.Messages), call, view);
    }

    /// <summary>
    /// Learns from the usage that the provider reported for a request. Nothing is learnt from null, or where it names no input tokens.
    /// Where requests grow and reports do not, the server cuts its input silently: what it takes is the window from then on.
    /// </summary>
    public async ValueTask ReportUsageAsync(PreparedRequest request, UsageDetails? usage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (ReportedInput.Of(usage) is not { } reported)
            return;
        var report = request.Call.Conversation.Growth.Add(request, reported);
        if (report.Cut is { } cut)
            _lanes.LearnCut(request.Call, cut, request.Counted);
        foreach (var sample in report.True)
        {
            await _compactor.Calibrator.ObserveAsync(request.Call.Model, sample.Counted, sample.Reported, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Learns from a refusal and compacts once more, to the window that the provider named or seems to have.</summary>
    /// <returns>The same call with less to send; null when nothing could be made smaller.</returns>
    public async ValueTask<PreparedRequest?> TightenAsync(
        PreparedRequest request, ContextOverflow overflow, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(overflow);
        var estimated = request.Call.Scale.ToReported(request.Counted);
        if (overflow.Used is { } used)
            await _compactor.Calibrator.ObserveAsync(request.Call.Model, request.Counted, used, cancellationToken).ConfigureAwait(false);
        var call = request.Call with { Scale = _compactor.Calibrator.ScaleOf(request.Call.Model) };
        var view = await call.Lane.Views.TightenAsync(call, overflow, estimated, cancellationToken).ConfigureAwait(false);
        return view is null || ReferenceEquals(view, request.View) ? null
            : RequestOf(ConversationView.Apply(view, call.Messages), call, view);
    }

    /// <summary>How a conversation stands. Asks no model and no archive, and changes nothing.</summary>
    /// <param name="messages">The whole conversation.</param>
    /// <param name="options">What would be sent with it; null: nothing.</param>
    public ConversationState StateOf(IEnumerable<ChatMessage> messages, ChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var incoming = new IncomingMessages(messages);
        var lane = _lanes.Of(options);
        var (conversation, history) = lane.Conversations.Peek(incoming);
        return StateOf(CallOf(lane, incoming, options, conversation, history));
    }

    /// <summary>Ends what is at work in the background.</summary>
    public void Dispose()
    {
        if (!_lifetime.IsCancellationRequested)
            _lifetime.Cancel();
        _lifetime.Dispose();
    }

    /// <summary>
    /// The request with the recall tools, where handles stand in it that lead somewhere, and with what was recalled in this turn. Without
    /// an archive it names no handles.
    /// </summary>
    internal async ValueTask<PreparedRequest> OfferRecallAsync(PreparedRequest request, CancellationToken cancellationToken)
    {
        var lane = request.Call.Lane;
        if (lane.Recaller is null)
            return WithoutHandles(request);
        if (await lane.Recaller.OfferAsync(request, cancellationToken).ConfigureAwait(false) is not { } offer)
            return request;
        var options = offer.AddTo(request.Options);
        var recalled = request.Call.Conversation.RecalledFor(request.Call);
        return request with
        {
            Messages = recalled.Count == 0 ? request.Messages : Recaller.Insert(recalled, request.Messages, request.View),
            Options = options,
            Offer = offer,
            Counted =
                lane.RequestTokens.Count(options) + request.Call.MessageTokensOf(request.View) + recalled.Sum(exchange => exchange.Tokens),
        };
    }

    /// <summary>Answers the model's calls of the recall tools; the next <see cref="OfferRecallAsync"/> has the answers in it.</summary>
    /// <param name="sent">What the model was sent.</param>
    /// <param name="answer">What it answered.</param>
    /// <param name="calls">The calls in it that are ours.</param>
    /// <param name="round">How often it was asked in this turn, from 1.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal async ValueTask AnswerRecallAsync(
        PreparedRequest sent, IEnumerable<ChatMessage> answer, IReadOnlyList<FunctionCallContent> calls, int round,
        CancellationToken cancellationToken)
    {
        var call = sent.Call;
        var left = call.Lane.Views.Limits.Of(call).Available - call.Scale.ToReported(sent.Counted);
        var room = round > Recaller.MostRounds ? 0 : left / call.Scale.Ratio;
        call.Conversation.Add(await call.Lane.Recaller!.AnswerAsync(call, sent.Offer!, answer, calls, room, cancellationToken)
            .ConfigureAwait(false));
    }

    // A handle that nothing answers would have the model ask for it in vain. A tool of the caller's own may answer.
    private static PreparedRequest WithoutHandles(PreparedRequest request) =>
        request.View is null || request.Options?.Tools?.Any(tool => tool.Name == RecallFunction.UsualName) is true ? request
            : request with { Messages = ConversationView.ApplyWithoutHandles(request.View, request.Call.Messages) };

    private static PreparedRequest RequestOf(IEnumerable<ChatMessage> messages, ConversationCall call, ConversationView? view) =>
        new(messages, call.Options, call, view, call.TokensOf(view)) { Counted = call.RequestTokens + call.MessageTokensOf(view) };

    private ConversationCall CallOf(
        ModelLane lane, IncomingMessages incoming, ChatOptions? options, Conversation conversation, History history)
    {
        var model = _lanes.ModelOf(options);
        var call = new ConversationCall(
            lane, incoming.Messages, options, lane.RequestTokens.Count(options), conversation, history, conversation.LastCall?.At, model,
            RecalledTokens: 0,
            _compactor.Calibrator.ScaleOf(model));
        return call with { RecalledTokens = (int)conversation.RecalledFor(call).Sum(exchange => exchange.Tokens) };
    }

    private static ConversationState StateOf(ConversationCall call)
    {
        var (view, limits) = (call.View, call.Lane.Views.Limits);
        var tokens = call.TokensOf(view);
        var threshold = limits.ThresholdOf(call, view);
        return new ConversationState
        {
            NeedsCompaction = tokens > threshold,
            LastCompactionAt = view?.At,
            CompactionCount = view?.Compactions ?? 0,
            Tokens = tokens,
            Window = limits.Of(call).Window,
            Threshold = threshold,
            Messages = call.Messages.Length,
            MessagesSent = call.Messages.Length - (view?.Covered ?? 0) + (view?.Items.Count ?? 0),
            IsCompacting = call.Conversation.Background is not null,
            LastOutcome = call.Conversation.LastTry.Outcome,
            LastReason = call.Conversation.LastTry.Reason,
        };
    }
}
