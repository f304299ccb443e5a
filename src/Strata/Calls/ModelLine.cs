using Polly;
using Polly.CircuitBreaker;
using Strata.Costs;

namespace Strata.Calls;

/// <summary>What is remembered about one model: its breaker and how many calls are under way.</summary>
internal sealed class ModelLine
{
    private static readonly ResiliencePropertyKey<bool> IsProbe = new("strata.call.probe");

    private readonly CircuitBreakerStateProvider _state = new();
    private readonly ResiliencePipeline<Attempt> _breaker;
    private readonly TimeProvider _time;
    private long _openUntil;

    public ModelLine(int maxParallel, BreakerOptions options, TimeProvider time)
    {
        _time = time;
        Slots = new SemaphoreSlim(maxParallel);
        _breaker = new ResiliencePipelineBuilder<Attempt> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<Attempt>
            {
                FailureRatio = options.FailureRatio,
                MinimumThroughput = options.MinCalls,
                SamplingDuration = options.Sampling,
                BreakDuration = options.Break,
                StateProvider = _state,
                ShouldHandle = static arguments => ValueTask.FromResult(IsFailure(arguments)),
                OnOpened = arguments =>
                {
                    Volatile.Write(ref _openUntil, (time.GetUtcNow() + arguments.BreakDuration).UtcTicks);
                    return ValueTask.CompletedTask;
                },
            })
            .Build();
    }

    /// <summary>Waited for per attempt, so that who waits for a retry holds none.</summary>
    public SemaphoreSlim Slots { get; }

    /// <summary>Whether a call would be turned away now: known before waiting for a slot, which calls that hang may hold.</summary>
    public bool IsOpen => _state.CircuitState switch
    {
        CircuitState.HalfOpen => true,
        CircuitState.Open => _time.GetUtcNow().UtcTicks < Volatile.Read(ref _openUntil),
        _ => false,
    };

    /// <summary>Null: not sent, the breaker is open.</summary>
    public async ValueTask<Attempt?> RunAsync(
        AttemptRunner runner, Question question, SpendReservation? reservation, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            return await _breaker.ExecuteAsync(
                static (context, call) =>
                {
                    context.Properties.Set(IsProbe, call.Line._state.CircuitState == CircuitState.HalfOpen);
                    return call.Runner.RunAsync(call.Question, call.Reservation, context.CancellationToken);
                },
                context,
                (Line: this, Runner: runner, Question: question, Reservation: reservation)).ConfigureAwait(false);
        }
        catch (BrokenCircuitException)
        {
            return null;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    // A probe that the caller cancels has shown nothing: the model is left alone until the next one. Other cancelled calls do not count.
    private static bool IsFailure(CircuitBreakerPredicateArguments<Attempt> arguments) => arguments.Outcome.Exception is null
        ? arguments.Outcome.Result?.Failure is not null
        : arguments.Context.Properties.GetValue(IsProbe, defaultValue: false);
}
