namespace Strata.Costs;

/// <summary>USD set aside for one call. Disposing it without <see cref="Settle"/> gives them back.</summary>
public sealed class SpendReservation : IDisposable
{
    private readonly SpendCap _cap;
    private int _isSettled;

    internal SpendReservation(SpendCap cap, decimal amount) => (_cap, Amount) = (cap, amount);

    /// <value>USD.</value>
    public decimal Amount { get; }

    /// <summary>Books what the call did cost. Only the first time counts.</summary>
    public void Settle(decimal spent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(spent);
        if (Interlocked.Exchange(ref _isSettled, 1) == 0)
            _cap.Settle(Amount, spent);
    }

    public void Dispose() => Settle(0);
}
