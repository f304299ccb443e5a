namespace Strata.Conversations;

/// <summary>Compacts a conversation while its calls go on.</summary>
/// <param name="compactor">Compacts.</param>
/// <param name="options">When to begin and how long a call waits.</param>
/// <param name="limits">What the window allows.</param>
/// <param name="calls">Concludes what has come to an end.</param>
/// <param name="failures">Told of what failed.</param>
/// <param name="lifetime">Ends what is at work.</param>
internal sealed class BackgroundCompactor(
    Compactor compactor, ConversationOptions options, CallLimits limits, CallCompactor calls, FailureReports failures,
    CancellationToken lifetime)
{
    /// <summary>Begins one where none is at work and the conversation has come near enough to the threshold.</summary>
    public void Start(ConversationCall call, ConversationView? view, long tokens, int threshold)
    {
        if (call.Conversation.Background is not null || tokens <= threshold * options.BackgroundShare)
            return;

        // The target is the usual one; only the threshold is as low as it can be, for this once.
        var target = limits.Of(call).Target;
        var request = limits.RequestOf(call, view) with { Threshold = target, Target = target, ChatOptions = call.Options?.Clone() };
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
            return await compactor.PrepareAsync(request, lifetime).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!lifetime.IsCancellationRequested)
                await failures.ReportAsync(new CompactionFailure(e, InBackground: true, tokens), lifetime).ConfigureAwait(false);
            return null;
        }
    }

    /// <summary>Makes the one at work take effect where that is due. Waits for it only where the answer would have no room.</summary>
    /// <returns>False when the call waited for it as long as it may, in vain.</returns>
    public async ValueTask<bool> TakeAsync(ConversationCall call, CancellationToken cancellationToken)
    {
        var (conversation, tokens) = (call.Conversation, call.TokensOf(call.View));
        if (conversation.Background is not { } work || call.History.Count < work.Count)
            return true;
        if (!work.Holds(call))
        {
            conversation.Replace(work, null);
            return true;
        }

        var threshold = limits.ThresholdOf(call, call.View);
        if (tokens <= threshold || (!work.Prepared.IsCompleted && limits.MayGoOn(call, tokens, threshold)))
            return true;
        CompactionResult? result;
        try
        {
            result = await work.Prepared.WaitAsync(options.BackgroundWait, compactor.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // What it has written by then is kept where summaries are kept, so that it is not paid for again.
            conversation.Replace(work, null);
            await calls.TellLateAsync(call, tokens, cancellationToken).ConfigureAwait(false);
            return false;
        }

        conversation.Replace(work, null);
        if (result is null)
        {
            conversation.LastTry = new LastTry(null, "the compaction in the background failed", 0, 0, FailedInBackground: true);
            return true;
        }

        try
        {
            var view = result.Outcome == CompactionOutcome.Compacted
                ? await work.TakeAsync(() => CommitAsync(work, result)).WaitAsync(cancellationToken).ConfigureAwait(false)
                : null;
            calls.Conclude(call, result, work.Tokens,
                () => compactor.BindsReasoning(call.Model) ? view!.CoverWithoutReasoning(call, compactor.Counter) : view!);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!await calls.GoesOnAsync(call, e, tokens, cancellationToken).ConfigureAwait(false))
                throw;
        }

        return true;
    }

    private async Task<ConversationView> CommitAsync(BackgroundCompaction work, CompactionResult result)
    {
        result = await compactor.CommitAsync(result, lifetime).ConfigureAwait(false);
        return ConversationView.After(work.Base, work.History, work.Messages, result, compactor.Counter);
    }
}
