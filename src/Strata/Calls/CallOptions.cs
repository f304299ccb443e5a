using Strata.Tokens;

namespace Strata.Calls;

/// <summary>How models are called. What belongs to one question (timeout, output limit) is in <see cref="CallRequest"/>.</summary>
public sealed record CallOptions
{
    /// <value>
    /// How often the same model is asked again after a timeout, a rate limit, a server error or a lost connection. Nothing else is asked
    /// again.
    /// </value>
    public int Retries { get; init; } = 2;

    /// <value>
    /// Of <see cref="Retries"/>, those after timeouts. One: a server that had to load the model first has it by then; who is too slow twice
    /// is too slow.
    /// </value>
    public int TimeoutRetries { get; init; } = 1;

    /// <value>The median wait before the first retry; later ones double, each with jitter.</value>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <value>The longest wait before a retry that no server asked for.</value>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <value>
    /// The longest Retry-After that is waited for. A server that asks for more is not asked again: the next model's turn comes at once.
    /// </value>
    public TimeSpan MaxRetryAfter { get; init; } = TimeSpan.FromSeconds(30);

    public BreakerOptions Breaker { get; init; } = new();

    /// <value>Calls that may be under way at one provider at the same time, over all of its models.</value>
    public int MaxParallelPerProvider { get; init; } = 16;

    /// <value>The same for single providers, by the part of a model's name before the first <c>/</c>.</value>
    public IReadOnlyDictionary<string, int> ProviderLimits { get; init; } = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);

    /// <value>Counts what a provider does not report, and what a call can cost at most. Null: an estimate within 40 %.</value>
    public ITokenCounter? Counter { get; init; }

    /// <value>
    /// Says what exceptions of a foreign client mean; asked before anything else, for each; its own null leaves an exception to the
    /// built-in rules.
    /// </value>
    public Func<Exception, ModelCallException?>? Translate { get; init; }

    internal void Validate()
    {
        Check(Retries is >= 0 and <= 10, nameof(Retries), Retries, "from 0 to 10");
        Check(TimeoutRetries >= 0, nameof(TimeoutRetries), TimeoutRetries, "0 or more");
        Check(RetryDelay >= TimeSpan.Zero, nameof(RetryDelay), RetryDelay, "zero or more");
        Check(MaxRetryDelay >= RetryDelay, nameof(MaxRetryDelay), MaxRetryDelay, $"at least {nameof(RetryDelay)}");
        Check(MaxRetryAfter >= TimeSpan.Zero && MaxRetryAfter <= TimeSpan.FromDays(1), nameof(MaxRetryAfter), MaxRetryAfter,
            "from zero to a day");
        Check(MaxParallelPerProvider > 0, nameof(MaxParallelPerProvider), MaxParallelPerProvider, "1 or more");
        foreach (var (provider, limit) in ProviderLimits)
            Check(limit > 0, $"{nameof(ProviderLimits)}[{provider}]", limit, "1 or more");
        Breaker.Validate();
    }

    internal static void Check(bool isValid, string name, object value, string allowed)
    {
        if (!isValid)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {allowed}.");
    }
}
