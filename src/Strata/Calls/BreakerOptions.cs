namespace Strata.Calls;

/// <summary>When a model is left alone because it fails too often.</summary>
/// <remarks>
/// Every failure counts: timeouts, refusals and answers that were not accepted as well. What was not sent and what the caller cancelled
/// does not.
/// </remarks>
public sealed record BreakerOptions
{
    /// <value>The share of failed calls, above 0 up to 1, from which a model is left alone.</value>
    public double FailureRatio { get; init; } = .5;

    /// <value>Calls within <see cref="Sampling"/> before the share says anything; 2 or more.</value>
    public int MinCalls { get; init; } = 5;

    /// <value>How long a call counts; more than half a second.</value>
    public TimeSpan Sampling { get; init; } = TimeSpan.FromMinutes(2);

    /// <value>How long a model is left alone before one call probes it; more than half a second.</value>
    public TimeSpan Break { get; init; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        var least = TimeSpan.FromSeconds(.5);
        CallOptions.Check(FailureRatio is > 0 and <= 1, $"Breaker.{nameof(FailureRatio)}", FailureRatio, "above 0 and at most 1");
        CallOptions.Check(MinCalls >= 2, $"Breaker.{nameof(MinCalls)}", MinCalls, "2 or more");
        CallOptions.Check(Sampling > least && Sampling <= TimeSpan.FromDays(1), $"Breaker.{nameof(Sampling)}", Sampling,
            "more than half a second and at most a day");
        CallOptions.Check(
            Break > least && Break <= TimeSpan.FromDays(1), $"Breaker.{nameof(Break)}", Break, "more than half a second and at most a day");
    }
}
