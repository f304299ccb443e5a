using System.Collections.Immutable;
using Strata.Secrets;

namespace Strata;

/// <summary>
/// Tells everyone about a compaction; one that throws is passed over, for a compaction that succeeded must not fail afterwards.
/// </summary>
internal sealed class Subscribers
{
    private ImmutableList<Func<ContextCompacted, CancellationToken, ValueTask>> _all = [];

    public IDisposable Add(Func<ContextCompacted, CancellationToken, ValueTask> subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);

        // A wrapper of its own, so that one delegate subscribed twice is removed once.
        Func<ContextCompacted, CancellationToken, ValueTask> own =
            (compacted, cancellationToken) => subscriber(compacted, cancellationToken);
        ImmutableInterlocked.Update(ref _all, static (all, added) => all.Add(added), own);
        return new Subscription(() => ImmutableInterlocked.Update(ref _all, static (all, removed) => all.Remove(removed), own));
    }

    public async ValueTask PublishAsync(ContextCompacted compacted, CancellationToken cancellationToken)
    {
        foreach (var subscriber in _all)
        {
            try
            {
                await subscriber(compacted, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                System.Diagnostics.Trace.TraceWarning("A subscriber of ContextCompacted failed: {0}", SecretRedactor.Redact(e.ToString()));
            }
        }
    }

    private sealed class Subscription(Action remove) : IDisposable
    {
        public void Dispose() => remove();
    }
}
