using System.Diagnostics;

namespace Strata.Calls;

/// <summary>Several observers as one.</summary>
public static class CallObservers
{
    /// <summary>Tells each of <paramref name="observers"/> in order; what one throws stops no other. Null ones are left out.</summary>
    public static ICallObserver All(params IEnumerable<ICallObserver?> observers) => new Each([.. observers.OfType<ICallObserver>()]);

    private sealed class Each(ICallObserver[] observers) : ICallObserver
    {
        public void OnStarted(string model, string purpose) => Tell(observer => observer.OnStarted(model, purpose));

        public void OnAnswered(CallAnswer answer, string purpose) => Tell(observer => observer.OnAnswered(answer, purpose));

        public void OnFailed(CallFailure failure, string purpose) => Tell(observer => observer.OnFailed(failure, purpose));

        private void Tell(Action<ICallObserver> what)
        {
            foreach (var observer in observers)
            {
                try
                {
                    what(observer);
                }
                catch (Exception e) when (e is not OutOfMemoryException)
                {
                    Trace.TraceWarning("An observer of model calls failed: {0}", e);
                }
            }
        }
    }
}
