using System.Collections.Immutable;
using System.Diagnostics;
using Strata.Secrets;

namespace Strata.Calls;

/// <summary>Tells several; what one throws stops neither the others nor what it is told of.</summary>
internal sealed class Listeners<T>(IEnumerable<T?> all)
    where T : class
{
    private ImmutableList<T> _all = [.. all.OfType<T>()];

    /// <summary>Tells one more from now on, until what is returned is disposed.</summary>
    public IDisposable Add(T listener)
    {
        ImmutableInterlocked.Update(ref _all, static (all, added) => all.Add(added), listener);
        return new Listening(() => ImmutableInterlocked.Update(ref _all, static (all, removed) => all.Remove(removed), listener));
    }

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

    private sealed class Listening(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
