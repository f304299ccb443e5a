using System.Collections.Concurrent;
using System.Globalization;
using Polly;
using Polly.Retry;
using Strata.Costs;
using Strata.Tokens;

namespace Strata.Calls;

/// <summary>Calls models: one after the other until one answers what the caller accepts.</summary>
/// <remarks>
/// <para>Thread-safe. One instance for all callers: breakers, limits and the spend cap are counted over everything that goes through it, by
/// the model's name; of several models under one name the first one's <see cref="CallableModel.MaxParallel"/> counts.</para>
/// <para>One question takes at most <c>models × (1 + <see cref="CallOptions.Retries"/>)</c> calls, whatever models do: 3 × (1 + 2) = 9 for
/// three models and the defaults. It takes at most that many timeouts and waits between them, not counting the wait for a slot.</para>
/// </remarks>
public sealed class ModelCaller
{
    private static readonly ResiliencePropertyKey<(Question Question, ModelLine Line)> CallKey = new("strata.call");
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, ModelLine> _lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly CallOptions _options;
    private readonly TimeProvider _time;
    private readonly Listeners<ICallObserver> _listeners;
    private readonly ICallObserver _observer;
    private readonly SpendCap? _cap;
    private readonly MessageCounter _counter;
    private readonly AttemptRunner _runner;
    private readonly ResiliencePipeline<Attempt> _retries;

    /// <param name="options">Null: the defaults.</param>
    /// <param name="time">Null: the system's clock.</param>
    /// <param name="observer">Is told of every attempt; <see cref="CallObservers.All"/> makes one of several.</param>
    /// <param name="cap">What all calls may cost together; null: no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its bounds; the message names it.</exception>
    public ModelCaller(CallOptions? options = null, TimeProvider? time = null, ICallObserver? observer = null, SpendCap? cap = null)
    {
        _options = options ?? new CallOptions();
        _options.Validate();
        _time = time ?? TimeProvider.System;
        _listeners = new Listeners<ICallObserver>([observer]);
        _observer = CallObservers.Of(_listeners);
        _cap = cap;
        _counter = new MessageCounter(_options.Counter ?? TokenCounters.Find("other")!);
        _runner = new AttemptRunner(_options, _counter.Text, _time, _observer);
        _retries = Retries();
    }

    /// <summary>Tells <paramref name="observer"/> as well of every attempt until what is returned is disposed.</summary>
    public IDisposable Observe(ICallObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return _listeners.Add(observer);
    }

    /// <summary>Asks <paramref name="models"/> in order. Never throws for what a model or its server did: that is in the outcome.</summary>
    /// <param name="models">The first choice and those to fall back to.</param>
    /// <param name="ask">What to ask a model: windows differ. What it throws is passed on.</param>
    /// <param name="refuse">Why an answer is not accepted; null when it is. A refused model is not asked again. Where it throws, the answer
    /// is refused.</param>
    /// <param name="cancellationToken">Ends the call under way, and the wait for a slot or a retry.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of a model or a request is out of its bounds.</exception>
    public async ValueTask<CallOutcome> CallAsync(
        IReadOnlyList<CallableModel> models, Func<CallableModel, CallRequest> ask, Func<CallAnswer, string?> refuse,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(refuse);
        var failures = new List<CallFailure>();
        foreach (var model in models)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var question = new Question(model, Check(model, ask(model)), refuse, _counter);
            var answer = await AskAsync(question, cancellationToken).ConfigureAwait(false);
            failures.AddRange(question.Failures);
            if (answer is not null)
                return new CallOutcome(answer, failures);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new CallOutcome(null, failures);
    }

    private async ValueTask<CallAnswer?> AskAsync(Question question, CancellationToken cancellationToken)
    {
        var line = _lines.GetOrAdd(question.Model.Name, static (_, of) => new ModelLine(of.MaxParallel, of.Breaker, of.Time),
            (question.Model.MaxParallel, _options.Breaker, Time: _time));
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, (question, line));
        try
        {
            var attempt = await _retries.ExecuteAsync(
                static async (context, caller) =>
                {
                    var (question, line) = context.Properties.GetValue(CallKey, default);
                    var attempt = await caller.AttemptAsync(question, line, context.CancellationToken).ConfigureAwait(false);
                    if (attempt.Failure is { } failure)
                        question.Failures.Add(failure);
                    return attempt;
                },
                context,
                this).ConfigureAwait(false);
            return attempt.Answer;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<Attempt> AttemptAsync(Question question, ModelLine line, CancellationToken cancellationToken)
    {
        if (line.IsOpen)
            return Skip(question, CallFault.BreakerOpen);
        var provider = ProviderSlots(question.Model.Name);
        await line.Slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await provider.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await SpendAsync(question, line, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                provider.Release();
            }
        }
        finally
        {
            line.Slots.Release();
        }
    }

    private async ValueTask<Attempt> SpendAsync(Question question, ModelLine line, CancellationToken cancellationToken)
    {
        if (_cap is null || question.MostCost is not { } most)
            return await line.RunAsync(_runner, question, reservation: null, cancellationToken).ConfigureAwait(false)
                ?? Skip(question, CallFault.BreakerOpen);
        using var reservation = _cap.Reserve(most);
        return reservation is null
            ? Skip(question, CallFault.SpendCapReached)
            : await line.RunAsync(_runner, question, reservation, cancellationToken).ConfigureAwait(false)
                ?? Skip(question, CallFault.BreakerOpen);
    }

    private Attempt Skip(Question question, CallFault fault)
    {
        var reason = fault is CallFault.BreakerOpen
            ? "not called: it failed too often a short while ago"
            : string.Create(CultureInfo.InvariantCulture,
                $"not called: it could cost {question.MostCost:0.####} USD, which the spend cap of {_cap?.Limit:0.####} USD does not "
                    + $"leave");
        var failure = new CallFailure(question.Model.Name, fault, reason, question.Nothing);
        _observer.OnFailed(failure, question.Request.Purpose);
        return new Attempt(null, failure);
    }

    private SemaphoreSlim ProviderSlots(string model)
    {
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        return _providers.GetOrAdd(
            slash < 0 ? model : model[..slash],
            provider =>
                new SemaphoreSlim(_options.ProviderLimits.TryGetValue(provider, out var limit) ? limit : _options.MaxParallelPerProvider));
    }

    private ResiliencePipeline<Attempt> Retries() => _options.Retries == 0
        ? ResiliencePipeline<Attempt>.Empty
        : new ResiliencePipelineBuilder<Attempt> { TimeProvider = _time }
            .AddRetry(new RetryStrategyOptions<Attempt>
            {
                MaxRetryAttempts = _options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = _options.RetryDelay,
                MaxDelay = _options.MaxRetryDelay,
                ShouldHandle =
                    arguments => ValueTask.FromResult(arguments.Outcome.Result is { } attempt && MayRetry(attempt, arguments.Context)),
                DelayGenerator = static arguments => ValueTask.FromResult(AskedFor(arguments.Outcome.Result?.RetryAfter)),
            })
            .Build();

    private bool MayRetry(Attempt attempt, ResilienceContext context)
    {
        var (question, line) = context.Properties.GetValue(CallKey, default);
        return attempt.Failure is { } failure && failure.Fault.IsTransient()
            && !(attempt.RetryAfter > _options.MaxRetryAfter)
            && !(failure.Fault is CallFault.Timeout && question.TimeoutsSoFar > _options.TimeoutRetries)
            && !line.IsOpen;
    }

    // Up to a tenth more than was asked for, so that all who were turned away at once do not come back at once.
    private static TimeSpan? AskedFor(TimeSpan? retryAfter) =>
        retryAfter > TimeSpan.Zero ? retryAfter * (1 + (Random.Shared.NextDouble() / 10)) : null;

    private static CallRequest Check(CallableModel model, CallRequest request)
    {
        CallOptions.Check(model.MaxParallel > 0, $"{model.Name}: {nameof(model.MaxParallel)}", model.MaxParallel, "1 or more");
        CallOptions.Check(model.OutputLimit is null or > 0, $"{model.Name}: {nameof(model.OutputLimit)}", model.OutputLimit ?? 0,
            "1 token or more, or null");
        CallOptions.Check(
            request.MaxOutputTokens > 0, $"{model.Name}: {nameof(request.MaxOutputTokens)}", request.MaxOutputTokens, "1 token or more");
        CallOptions.Check(
            request.Timeout > TimeSpan.Zero && request.Timeout <= LongestTimeout, $"{model.Name}: {nameof(request.Timeout)}",
            request.Timeout, "more than zero and at most a day");
        return request;
    }
}
