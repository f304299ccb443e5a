namespace Strata.Costs;

/// <summary>A limit in USD on what calls of models may cost together.</summary>
/// <remarks>
/// Thread-safe. What a call can cost at most is set aside before it starts and becomes what it did cost when it ends, so calls that run at
/// the same time cannot overshoot the limit together. The limit holds as far as the count of the input does: where a provider bills more
/// tokens than were counted, what it bills is booked. Calls that cost nothing are never refused.
/// </remarks>
public sealed class SpendCap
{
    private readonly Lock _lock = new();
    private decimal _spent;
    private decimal _reserved;

    /// <param name="limit">USD; 0 allows only calls that cost nothing.</param>
    public SpendCap(decimal limit)
    {
        if (limit < 0)
            throw new ArgumentOutOfRangeException(
                nameof(limit), limit, "A spend cap is an amount in USD of 0 or more; for no cap, give none.");
        Limit = limit;
    }

    /// <value>USD.</value>
    public decimal Limit { get; }

    /// <value>USD that calls have cost.</value>
    public decimal Spent
    {
        get
        {
            lock (_lock)
                return _spent;
        }
    }

    /// <value>USD set aside for calls under way.</value>
    public decimal Reserved
    {
        get
        {
            lock (_lock)
                return _reserved;
        }
    }

    /// <summary>Sets <paramref name="atMost"/> USD aside; null when that would pass the limit.</summary>
    public SpendReservation? Reserve(decimal atMost)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(atMost);
        lock (_lock)
        {
            if (atMost > 0 && _spent + _reserved + atMost > Limit)
                return null;
            _reserved += atMost;
            return new SpendReservation(this, atMost);
        }
    }

    internal void Settle(decimal reserved, decimal spent)
    {
        lock (_lock)
        {
            _reserved -= reserved;
            _spent += spent;
        }
    }
}
