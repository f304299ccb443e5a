namespace Strata.Tests.Calls;

/// <summary>A clock that stands still until it is told to go on.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly List<(Func<TimeSpan, bool> Due, TaskCompletionSource<TimeSpan> Found)> _waiting = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed => GetUtcNow() - new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public int Pending
    {
        get
        {
            lock (_lock)
                return _timers.Count;
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once somebody waits for a time that <paramref name="due"/> accepts.</summary>
    public Task<TimeSpan> WhenPendingAsync(Func<TimeSpan, bool> due)
    {
        lock (_lock)
        {
            if (_timers.Select(timer => timer.At - _now).Where(due).Order().Take(1).ToArray() is [var first])
                return Task.FromResult(first);
            var found = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((due, found));
            return found.Task;
        }
    }

    public void Advance(TimeSpan by)
    {
        lock (_lock)
            _now += by;
        while (true)
        {
            ManualTimer? due;
            lock (_lock)
            {
                due = _timers.Where(timer => timer.At <= _now).MinBy(timer => timer.At);
                if (due is null)
                    return;
                _timers.Remove(due);
            }

            due.Fire();
        }
    }

    /// <summary>
    /// Lets every wait of at most <paramref name="upTo"/> pass until <paramref name="task"/> ends; longer ones, as timeouts, never come.
    /// </summary>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan upTo)
    {
        while (!task.IsCompleted)
        {
            var pending = WhenPendingAsync(due => due <= upTo);
            if (await Task.WhenAny(task, pending) == pending)
                Advance(await pending);
        }

        return await task;
    }

    private void Schedule(ManualTimer timer, TimeSpan due)
    {
        List<TaskCompletionSource<TimeSpan>> found = [];
        lock (_lock)
        {
            _timers.Remove(timer);
            if (due < TimeSpan.Zero)
                return;
            timer.At = _now + due;
            _timers.Add(timer);
            found.AddRange(_waiting.Where(waiting => waiting.Due(due)).Select(waiting => waiting.Found));
            _waiting.RemoveAll(waiting => waiting.Due(due));
        }

        found.ForEach(waiting => waiting.SetResult(due));
    }

    private void Drop(ManualTimer timer)
    {
        lock (_lock)
            _timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualTime time, Action callback) : ITimer
    {
        public DateTimeOffset At { get; set; }

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            time.Schedule(this, dueTime);
            return true;
        }

        public void Dispose() => time.Drop(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
