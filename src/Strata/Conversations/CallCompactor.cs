using System.Globalization;

namespace Strata.Conversations;

/// <summary>Compacts a conversation while its call waits.</summary>
/// <param name="compactor">Compacts.</param>
/// <param name="options">How long a call waits.</param>
/// <param name="limits">What the window allows.</param>
/// <param name="failures">Told of what failed.</param>
/// <param name="notices">Told where nothing helps.</param>
/// <param name="usesBackground">Whether models are asked beside the conversation, so that a call waits for them only so long.</param>
internal sealed class CallCompactor(
    Compactor compactor, ConversationOptions options, CallLimits limits, FailureReports failures, Notices notices, bool usesBackground)
{
    // A try that came to nothing is repeated when the conversation has grown by a twentieth of what is available.
    private const int StepShare = 20;

    private readonly Lazy<Compactor> _levelZero = new(compactor.AtLevelZero);

    /// <param name="call">The call that waits.</param>
    /// <param name="view">What it would send.</param>
    /// <param name="request">To the compactor.</param>
    /// <param name="tokens">Tokens of what it would send.</param>
    /// <param name="isLate">Whether it waited long enough for models.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async ValueTask CompactAsync(
        ConversationCall call, ConversationView? view, CompactionRequest request, long tokens, bool isLate,
        CancellationToken cancellationToken)
    {
        try
        {
            var result = isLate ? await _levelZero.Value.CompactAsync(request, cancellationToken).ConfigureAwait(false)
                : await WithinWaitAsync(call, request, tokens, cancellationToken).ConfigureAwait(false);
            Conclude(call, result, tokens, () => ConversationView.After(view, call.History, request.Messages, result, compactor.Counter));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            if (!await GoesOnAsync(call, e, tokens, cancellationToken).ConfigureAwait(false))
                throw;
        }
    }

    /// <summary>Compacts by models where they answer in time, and by level 0 where they do not.</summary>
    private async ValueTask<CompactionResult> WithinWaitAsync(
        ConversationCall call, CompactionRequest request, long tokens, CancellationToken cancellationToken)
    {
        if (!usesBackground || !compactor.AsksModels)
            return await compactor.CompactAsync(request, cancellationToken).ConfigureAwait(false);
        using var wait = new CancellationTokenSource(options.BackgroundWait, compactor.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wait.Token, cancellationToken);
        CompactionResult prepared;
        try
        {
            prepared = await compactor.PrepareAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (wait.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await TellLateAsync(call, tokens, cancellationToken).ConfigureAwait(false);
            return await _levelZero.Value.CompactAsync(request, cancellationToken).ConfigureAwait(false);
        }

        return await compactor.CommitAsync(prepared, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells that models took too long.</summary>
    public ValueTask TellLateAsync(ConversationCall call, long tokens, CancellationToken cancellationToken) => failures.ReportAsync(
        new CompactionFailure(
            new TimeoutException($"No summary came within {options.BackgroundWait}, so level 0 compacts the conversation."),
            InBackground: false, tokens),
        cancellationToken);

    /// <summary>Makes a result take effect, or remembers why there is none.</summary>
    public void Conclude(ConversationCall call, CompactionResult result, long tokens, Func<ConversationView> view)
    {
        if (result.Outcome == CompactionOutcome.Compacted)
            call.Conversation.Add(view());
        if (result.Outcome == CompactionOutcome.CannotFit && !limits.Fits(call, tokens))
        {
            notices.Tell(ConversationNoticeKind.CannotFit, call.Model, () => string.Create(
                CultureInfo.InvariantCulture,
                $"A conversation of {tokens:N0} tokens exceeds the {limits.Of(call).Available:N0} that the window allows and cannot be "
                + $"made smaller: {result.Reason}."));
        }

        // What a trigger asked for within the target is small, and is tried again when it has grown by a part of itself.
        var step = result.Usage.Current <= result.Usage.Target ? tokens / StepShare : compactor.Budget.Available / StepShare;
        var next = result.Outcome == CompactionOutcome.Compacted ? 0 : tokens + step + 1;
        call.Conversation.LastTry = new LastTry(result.Outcome, result.Reason, next, limits.Of(call).Available);
    }

    /// <summary>Reports what failed; whether the conversation still fits the window without it.</summary>
    public async ValueTask<bool> GoesOnAsync(ConversationCall call, Exception exception, long tokens, CancellationToken cancellationToken)
    {
        // Up to here the provider may still take it although the margin is used up.
        var allowed = limits.Of(call);
        var mostSendable = allowed.Window - allowed.ReservedOutput;
        var next = Math.Min(tokens + (compactor.Budget.Available / StepShare), mostSendable + 1L);
        call.Conversation.LastTry = new LastTry(null, exception.Message, next, allowed.Available);
        await failures.ReportAsync(new CompactionFailure(exception, InBackground: false, tokens), cancellationToken).ConfigureAwait(false);
        return tokens <= mostSendable;
    }
}
