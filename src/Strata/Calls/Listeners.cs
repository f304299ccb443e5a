using System.Diagnostics;
using Strata.Secrets;

namespace Strata.Calls;

/// <summary>Tells several; what one throws stops neither the others nor what it is told of.</summary>
internal sealed class Listeners<T>(IEnumerable<T?> all)
    where T : class
{
    private readonly T[] _all = [.. all.OfType<T>()];

    public void Tell(Action<T> what)
    {
        foreach (var listener in _all)
        {
            try
            {
                what(listener);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                Trace.TraceWarning("A {0} failed: {1}", typeof(T).Name, SecretRedactor.Redact(e.ToString()));
            }
        }
    }
}
