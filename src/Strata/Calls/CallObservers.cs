namespace Strata.Calls;

/// <summary>Several observers as one.</summary>
public static class CallObservers
{
    /// <summary>Tells each of <paramref name="observers"/> in order; what one throws stops no other. Null ones are left out.</summary>
    public static ICallObserver All(params IEnumerable<ICallObserver?> observers) => new Each(new Listeners<ICallObserver>(observers));

    /// <summary>The same, with a list that grows.</summary>
    internal static ICallObserver Of(Listeners<ICallObserver> observers) => new Each(observers);

    private sealed class Each(Listeners<ICallObserver> observers) : ICallObserver
    {
        public void OnStarted(string model, string purpose) => observers.Tell(observer => observer.OnStarted(model, purpose));

        public void OnAnswered(CallAnswer answer, string purpose) => observers.Tell(observer => observer.OnAnswered(answer, purpose));

        public void OnFailed(CallFailure failure, string purpose) => observers.Tell(observer => observer.OnFailed(failure, purpose));
    }
}
