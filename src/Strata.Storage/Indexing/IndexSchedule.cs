using System.Diagnostics;

namespace Strata.Storage.Indexing;

/// <summary>Indexes in the background once the archive has been left alone for a moment.</summary>
internal sealed class IndexSchedule : IAsyncDisposable
{
    // Long enough for a program that compacts and ends to leave it to the end, short enough that a search seldom finds work.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly Func<int, CancellationToken, ValueTask> _catchUp;
    private readonly int _mostAtTheEnd;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _isDue;

    /// <param name="catchUp">Indexes at most so many things.</param>
    /// <param name="mostAtTheEnd">How many things take about a second: what is left after that at the end, the next search does.</param>
    /// <param name="time">Tells when a moment is over.</param>
    public IndexSchedule(Func<int, CancellationToken, ValueTask> catchUp, int mostAtTheEnd, TimeProvider time)
    {
        (_catchUp, _mostAtTheEnd) = (catchUp, mostAtTheEnd);
        _timer = time.CreateTimer(
            static schedule => ((IndexSchedule)schedule!).Start(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Something was kept.</summary>
    public void Note()
    {
        _isDue = true;
        _timer.Change(Rest, Timeout.InfiniteTimeSpan);
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        if (_isDue)
            await IndexAsync(_mostAtTheEnd, CancellationToken.None).ConfigureAwait(false);
        _ended.Dispose();
    }

    private void Start()
    {
        lock (_lock)
        {
            if (_running.IsCompleted && !_ended.IsCancellationRequested)
                _running = Task.Run(() => IndexAsync(int.MaxValue, _ended.Token));
        }
    }

    private async Task IndexAsync(int most, CancellationToken cancellationToken)
    {
        try
        {
            _isDue = false;
            await _catchUp(most, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Nobody waits for it, and the next search tries again and says what is wrong.
            _isDue = true;
            Trace.TraceWarning("The full-text index lags behind: {0}", e.Message);
        }
    }
}
