using Strata.Models;

namespace Strata.Conversations;

/// <summary>Decides for each call which view is sent, and compacts where it is due: at once, or in the background.</summary>
internal sealed class ViewCompactor
{
    // A try that came to nothing is repeated when the conversation has grown by a twentieth of what is available.
    private const int StepShare = 20;

    private readonly Compactor _compactor;
    private readonly ConversationOptions _options;
    private readonly FailureReports _failures;
    private readonly ViewRestorer? _restorer;
    private readonly CancellationToken _lifetime;
    private readonly bool _usesBackground;
    private readonly LearntWindows _windows;

    public ViewCompactor(Compactor compactor, ConversationOptions options, LearntWindows windows, CancellationToken lifetime)
    {
        _compactor = compactor;
        _options = options;
        _windows = windows;
        _lifetime = lifetime;
        _failures = new FailureReports(options.OnFailed);
        _restorer = compactor.Archive is { } archive ? new ViewRestorer(archive, compactor.Counter) : null;
        _usesBackground = options.Background ?? compactor.AsksModels;
    }

    /// <summary>What the window that <paramref name="call"/> is sent to allows.</summary>
    public TokenBudget LimitsOf(ConversationCall call) => _compactor.BudgetOf(_windows.Of(call.Model), call.Options);

    public bool Fits(ConversationCall call, long tokens) => tokens <= LimitsOf(call).Available;

    /// <summary>The view to send; null: the caller's messages as they are.</summary>
    /// <exception cref="Exception">A compaction failed, and without it the conversation does not fit the window.</exception>
    public async ValueTask<ConversationView?> ChooseAsync(ConversationCall call, CancellationToken cancellationToken)
    {
        var (conversation, view) = (call.Conversation, call.View);
        var tokens = call.TokensOf(view);
        if (tokens <= LowestStart(call) || (tokens < _compactor.Options.MinTokensToCompact && Fits(call, tokens)))
            return view;

        await conversation.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await RestoreAsync(call, cancellationToken).ConfigureAwait(false);
            await TakeBackgroundAsync(call, cancellationToken).ConfigureAwait(false);
            view = call.View;
            tokens = call.TokensOf(view);
            if (tokens < conversation.LastTry.NextAt && conversation.LastTry.Available == LimitsOf(call).Available)
                return view;
            var threshold = ThresholdOf(call, view);
            if (_usesBackground && Fits(call, tokens) && !conversation.LastTry.FailedInBackground)
                StartBackground(call, view, tokens, threshold);
            else if (tokens > threshold)
                await CompactAsync(call, view, RequestOf(call, view), tokens, cancellationToken).ConfigureAwait(false);
            return call.View;
        }
        finally
        {
            conversation.Gate.Release();
        }
    }

    public int ThresholdOf(ConversationCall call, ConversationView? view) => _compactor.Options.AdaptiveThreshold.IsEnabled
        ? _compactor.GetTokenUsage(RequestOf(call, view)).Threshold
        : ThresholdOf(LimitsOf(call));

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
            var (view, limits) = (call.View, LimitsOf(call));
            var request = RequestOf(call, view) with
            {
                Force = true,
                Threshold = limits.Threshold,
                Target = (int)Math.Clamp(Math.Min(limits.Target, call.TokensOf(view) / 2), 1, limits.Threshold),
            };
            await CompactAsync(call, view, request, sent, cancellationToken).ConfigureAwait(false);
            return call.View;
        }
        finally
        {
            call.Conversation.Gate.Release();
        }
    }

    /// <summary>Below this no call needs a closer look.</summary>
    private double LowestStart(ConversationCall call)
    {
        var (limits, adaptive) = (LimitsOf(call), _compactor.Options.AdaptiveThreshold);
        var lowest = Math.Max(adaptive.IsEnabled ? limits.Available * adaptive.MinRatio : limits.Threshold, limits.Target);
        return lowest * (_usesBackground ? _options.BackgroundShare : 1);
    }

    /// <summary>Null: the usual one. What was recalled is no part of what the compactor sees, and takes room all the same.</summary>
    private int? OwnThreshold(ConversationCall call) => call.RecalledTokens == 0
        ? null
        : Math.Max(ThresholdOf(LimitsOf(call)) - call.Scale.PartToReported(call.RecalledTokens), 1);

    private static int ThresholdOf(TokenBudget limits) => Math.Max(limits.Threshold, limits.Target);

    private CompactionRequest RequestOf(ConversationCall call, ConversationView? view)
    {
        var now = _compactor.Time.GetUtcNow();
        return new CompactionRequest
        {
            Messages = ConversationView.Apply(view, call.Messages),
            ChatOptions = call.Options,
            SentModel = call.Model,
            LearntWindow = _windows.Of(call.Model),
            Threshold = OwnThreshold(call),
            AgentId = _options.AgentId,
            SessionId = _options.SessionId?.Invoke(call.Messages, call.Options),
            Origin = view is null
                ? null
                : new ConversationOrigin(
                    call.History.Prefix(call.History.Count), call.History.Count, ConversationView.Indexes(view, call.History.Count)),
            Pace = new SessionPace(SinceCompaction: now - view?.At, CacheAge: now - call.LastCallAt),
        };
    }

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

    private async ValueTask CompactAsync(
        ConversationCall call, ConversationView? view, CompactionRequest request, long tokens, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _compactor.CompactAsync(request, cancellationToken).ConfigureAwait(false);
            Conclude(call, result, tokens, () => ConversationView.After(view, call.History, request.Messages, result, _compactor.Counter));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!await GoesOnAsync(call, e, tokens, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private void StartBackground(ConversationCall call, ConversationView? view, long tokens, int threshold)
    {
        if (call.Conversation.Background is not null || tokens <= threshold * _options.BackgroundShare)
            return;

        // The target is the usual one; only the threshold is as low as it can be, for this once.
        var target = LimitsOf(call).Target;
        var request = RequestOf(call, view) with { Threshold = target, Target = target, ChatOptions = call.Options?.Clone() };
        var started = new BackgroundCompaction(view, call.History, request.Messages, tokens)
        {
            Prepared = Task.Run(() => PrepareAsync(request, tokens), CancellationToken.None),
        };
        call.Conversation.Replace(null, started);
    }

    private async Task<CompactionResult?> PrepareAsync(CompactionRequest request, long tokens)
    {
        try
        {
            return await _compactor.PrepareAsync(request, _lifetime).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!_lifetime.IsCancellationRequested)
                await _failures.ReportAsync(new CompactionFailure(e, InBackground: true, tokens), _lifetime).ConfigureAwait(false);
            return null;
        }
    }

    private async ValueTask TakeBackgroundAsync(ConversationCall call, CancellationToken cancellationToken)
    {
        var (conversation, tokens) = (call.Conversation, call.TokensOf(call.View));
        if (conversation.Background is not { } work || call.History.Count < work.Count)
            return;
        if (!work.Holds(call))
        {
            conversation.Replace(work, null);
            return;
        }

        if (tokens <= ThresholdOf(call, call.View) || (!work.Prepared.IsCompleted && Fits(call, tokens)))
            return;
        var result = await work.Prepared.WaitAsync(cancellationToken).ConfigureAwait(false);
        conversation.Replace(work, null);
        if (result is null)
        {
            conversation.LastTry = new LastTry(null, "the compaction in the background failed", 0, 0, FailedInBackground: true);
            return;
        }

        try
        {
            var view = result.Outcome == CompactionOutcome.Compacted
                ? await work.TakeAsync(() => CommitAsync(work, result)).WaitAsync(cancellationToken).ConfigureAwait(false)
                : null;
            Conclude(call, result, work.Tokens,
                () => _compactor.BindsReasoning(call.Model) ? view!.CoverWithoutReasoning(call, _compactor.Counter) : view!);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!await GoesOnAsync(call, e, tokens, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    private async Task<ConversationView> CommitAsync(BackgroundCompaction work, CompactionResult result)
    {
        result = await _compactor.CommitAsync(result, _lifetime).ConfigureAwait(false);
        return ConversationView.After(work.Base, work.History, work.Messages, result, _compactor.Counter);
    }

    private void Conclude(ConversationCall call, CompactionResult result, long tokens, Func<ConversationView> view)
    {
        if (result.Outcome == CompactionOutcome.Compacted)
            call.Conversation.Add(view());
        var next = result.Outcome == CompactionOutcome.Compacted ? 0 : tokens + (_compactor.Budget.Available / StepShare);
        call.Conversation.LastTry = new LastTry(result.Outcome, result.Reason, next, LimitsOf(call).Available);
    }

    /// <summary>Reports what failed; whether the conversation still fits the window without it.</summary>
    private async ValueTask<bool> GoesOnAsync(ConversationCall call, Exception exception, long tokens, CancellationToken cancellationToken)
    {
        // Up to here the provider may still take it although the margin is used up.
        var limits = LimitsOf(call);
        var mostSendable = limits.Window - limits.ReservedOutput;
        var next = Math.Min(tokens + (_compactor.Budget.Available / StepShare), mostSendable + 1L);
        call.Conversation.LastTry = new LastTry(null, exception.Message, next, limits.Available);
        await _failures.ReportAsync(new CompactionFailure(exception, InBackground: false, tokens), cancellationToken).ConfigureAwait(false);
        return tokens <= mostSendable;
    }
}
