using System.Collections.Concurrent;

namespace Strata.Providers.Tests.Support;

/// <summary>A clock that stands still, and timers that end when a test says so.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private readonly ConcurrentQueue<ManualTimer> _timers = new();

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(() => callback(state));
        _timers.Enqueue(timer);
        return timer;
    }

    public void FireTimers()
    {
        _timers.ShouldNotBeEmpty();
        while (_timers.TryDequeue(out var timer))
            timer.Fire();
    }

    private sealed class ManualTimer(Action callback) : ITimer
    {
        private bool _isDisposed;

        public void Fire()
        {
            if (!_isDisposed)
                callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !_isDisposed;

        public void Dispose() => _isDisposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
