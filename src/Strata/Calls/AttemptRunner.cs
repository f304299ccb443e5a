using Microsoft.Extensions.AI;
using Polly;
using Polly.Timeout;
using Strata.Costs;
using Strata.Tokens;

namespace Strata.Calls;

/// <summary>Sends one question once.</summary>
internal sealed class AttemptRunner
{
    private static readonly ResiliencePropertyKey<TimeSpan> TimeoutKey = new("strata.call.timeout");

    private readonly Func<Exception, ModelCallException?>? _translate;
    private readonly ITokenCounter _counter;
    private readonly TimeProvider _time;
    private readonly ICallObserver _observer;
    private readonly ResiliencePipeline<ChatResponse?> _timeout;

    public AttemptRunner(CallOptions options, ITokenCounter counter, TimeProvider time, ICallObserver observer)
    {
        _translate = options.Translate;
        _counter = counter;
        _time = time;
        _observer = observer;
        _timeout = new ResiliencePipelineBuilder<ChatResponse?> { TimeProvider = time }
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator =
                    static arguments => ValueTask.FromResult(arguments.Context.Properties.GetValue(TimeoutKey, TimeSpan.FromSeconds(60))),
            })
            .Build();
    }

    /// <param name="question">What is sent.</param>
    /// <param name="reservation">Becomes what the attempt did cost; null where no cap counts.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async ValueTask<Attempt> RunAsync(Question question, SpendReservation? reservation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _observer.OnStarted(question.Model.Name, question.Request.Purpose);
        var started = _time.GetTimestamp();
        Attempt attempt;
        try
        {
            var response = await SendAsync(question, cancellationToken).ConfigureAwait(false);
            attempt = Read(response, question, _time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Close(Failed(question, new(CallFault.Cancelled, "the caller gave up", MayCost: true), _time.GetElapsedTime(started)), question,
                reservation);
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            attempt = Failed(question, Understand(e, question), _time.GetElapsedTime(started));
        }

        Close(attempt, question, reservation);
        return attempt;
    }

    private async ValueTask<ChatResponse?> SendAsync(Question question, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(TimeoutKey, question.Request.Timeout);
        try
        {
            return await _timeout.ExecuteAsync(
                static (context, question) => AskClientAsync(question, context.CancellationToken), context, question).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>A client that ignores its token, or that blocks before it returns a task, is left behind when the time is up.</summary>
    private static async ValueTask<ChatResponse?> AskClientAsync(Question question, CancellationToken cancellationToken)
    {
        var options = new ChatOptions { MaxOutputTokens = question.MaxOutputTokens, Temperature = question.Request.Temperature };
        var call = Task.Run(
            () => question.Model.Client.GetResponseAsync(question.Request.Messages, options, cancellationToken), cancellationToken);
        _ = call.ContinueWith(
            static left => left.Exception, CancellationToken.None,
            TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await call.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private Attempt Read(ChatResponse? response, Question question, TimeSpan duration)
    {
        if (response is null)
            return Failed(question, new(CallFault.Other, "the client returned nothing"), duration);
        var model = question.Model.Name;
        var usage = AnswerReader.Usage(response, question, _counter, duration);
        var text = ThinkTags.Remove(response.Text);
        if (AnswerReader.WhyNone(response, text, question.MaxOutputTokens) is { } why)
            return new Attempt(null, new CallFailure(model, CallFault.NoAnswer, ReasonText.Clean(why, question.Request.Messages), usage));
        var answer = new CallAnswer(model, text, response.FinishReason == ChatFinishReason.Length, usage);
        return Refusal(answer, question) is { } reason
            ? new Attempt(null, new CallFailure(model, CallFault.Rejected, ReasonText.Clean(reason), usage))
            : new Attempt(answer, null);
    }

    /// <summary>An answer can be such that checking it fails; that is no reason to end the session.</summary>
    private static string? Refusal(CallAnswer answer, Question question)
    {
        try
        {
            return question.Refuse(answer);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return $"the answer could not be checked: {e.GetType().Name}: {e.Message}";
        }
    }

    private ClientFailure Understand(Exception exception, Question question)
    {
        if (exception is TimeoutRejectedException { InnerException: OperationCanceledException })
            return new(CallFault.Timeout, FormattableString.Invariant($"no answer within {question.Request.Timeout.TotalSeconds:0.##} s"),
                MayCost: true);
        try
        {
            return CallFaults.Of(_translate?.Invoke(exception) ?? exception);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return CallFaults.Of(exception);
        }
    }

    private static Attempt Failed(Question question, ClientFailure failure, TimeSpan duration)
    {
        var usage = failure.MayCost
            ? new CallUsage(question.InputTokens, 0, 0, question.MostCost, duration)
            : question.Nothing with { Duration = duration };
        return new Attempt(
            null, new CallFailure(question.Model.Name, failure.Fault, ReasonText.Clean(failure.Reason, question.Request.Messages), usage),
            failure.RetryAfter);
    }

    private void Close(Attempt attempt, Question question, SpendReservation? reservation)
    {
        reservation?.Settle((attempt.Answer?.Usage ?? attempt.Failure?.Usage)?.Cost ?? 0);
        if (attempt.Answer is { } answer)
            _observer.OnAnswered(answer, question.Request.Purpose);
        if (attempt.Failure is { } failure)
            _observer.OnFailed(failure, question.Request.Purpose);
    }
}
