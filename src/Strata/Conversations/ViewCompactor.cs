namespace Strata.Conversations;

/// <summary>Decides for each call which view is sent, and compacts where it is due: at once, or in the background.</summary>
internal sealed class ViewCompactor
{
    private readonly Compactor _compactor;
    private readonly FailureReports _failures;
    private readonly ViewRestorer? _restorer;
    private readonly LearntWindows _windows;
    private readonly CallCompactor _calls;
    private readonly BackgroundCompactor _background;
    private readonly bool _usesBackground;
    private readonly double _startShare;

    public ViewCompactor(
        Compactor compactor, ConversationOptions options, LearntWindows windows, Notices notices, CancellationToken lifetime)
    {
        _compactor = compactor;
        _windows = windows;
        _failures = new FailureReports(options.OnFailed);
        _restorer = compactor.Archive is { } archive ? new ViewRestorer(archive, compactor.Counter) : null;
        _usesBackground = options.Background ?? compactor.AsksModels;
        _startShare = _usesBackground ? options.BackgroundShare : 1;
        Limits = new CallLimits(compactor, options, windows);
        _calls = new CallCompactor(compactor, options, Limits, _failures, notices, _usesBackground);
        _background = new BackgroundCompactor(compactor, options, Limits, _calls, _failures, lifetime);
    }

    public CallLimits Limits { get; }

    /// <summary>The view to send; null: the caller's messages as they are.</summary>
    /// <exception cref="Exception">A compaction failed, and without it the conversation does not fit the window.</exception>
    public async ValueTask<ConversationView?> ChooseAsync(ConversationCall call, CancellationToken cancellationToken)
    {
        var (conversation, view) = (call.Conversation, call.View);
        var tokens = call.TokensOf(view);
        if ((tokens <= Limits.LowestThreshold(call) * _startShare
                || (tokens < _compactor.Options.MinTokensToCompact && Limits.Fits(call, tokens)))
            && !IsTriggered(call, view))
            return view;

        await conversation.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RestoreAsync(call, cancellationToken).ConfigureAwait(false);
            var isLate = !await _background.TakeAsync(call, cancellationToken).ConfigureAwait(false);
            view = call.View;
            tokens = call.TokensOf(view);
            if (tokens < conversation.LastTry.NextAt && conversation.LastTry.Available == Limits.Of(call).Available)
                return view;
            var threshold = Limits.ThresholdOf(call, view);
            var triggered = conversation.Background is null && IsTriggered(call, view);
            if (_usesBackground && !isLate && !triggered && Limits.MayGoOn(call, tokens, threshold)
                && !conversation.LastTry.FailedInBackground)
                _background.Start(call, view, tokens, threshold);
            else if (tokens > threshold || triggered)
            {
                await _calls.CompactAsync(call, view, Limits.RequestOf(call, view), tokens, isLate, cancellationToken)
                    .ConfigureAwait(false);
            }

            return call.View;
        }
        finally
        {
            conversation.Gate.Release();
        }
    }

    /// <summary>
    /// After an overflow: compacts to the target of what is known of the window now, and at least to half of what was sent.
    /// </summary>
    public async ValueTask<ConversationView?> TightenAsync(
        ConversationCall call, ContextOverflow error, long sent, CancellationToken cancellationToken)
    {
        _windows.Learn(call.Model, error, sent, _compactor.Budget.Window, call.Options?.MaxOutputTokens ?? 0);
        await call.Conversation.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var (view, limits) = (call.View, Limits.Of(call));
            var request = Limits.RequestOf(call, view) with
            {
                Force = true,
                Threshold = limits.Threshold,
                Target = (int)Math.Clamp(Math.Min(limits.Target, call.TokensOf(view) / 2), 1, limits.Threshold),
            };
            await _calls.CompactAsync(call, view, request, sent, isLate: false, cancellationToken).ConfigureAwait(false);
            return call.View;
        }
        finally
        {
            call.Conversation.Gate.Release();
        }
    }

    private bool IsTriggered(ConversationCall call, ConversationView? view) =>
        _compactor.HasTriggers && _compactor.GetTokenUsage(Limits.RequestOf(call, view)).Trigger is not null;

    private async ValueTask RestoreAsync(ConversationCall call, CancellationToken cancellationToken)
    {
        if (_restorer is null || call.Conversation.IsArchiveAsked || call.View is not null)
            return;
        try
        {
            if (await _restorer.FindAsync(call, cancellationToken).ConfigureAwait(false) is { } view)
                call.Conversation.Add(view);
            call.Conversation.IsArchiveAsked = true;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            call.Conversation.IsArchiveAsked = true;
            await _failures.ReportAsync(new CompactionFailure(e, InBackground: false, call.TokensOf(null)), cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
