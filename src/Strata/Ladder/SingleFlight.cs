namespace Strata.Ladder;

/// <summary>Runs work once for all who ask for it at the same time. It is given up when the last of them has left.</summary>
internal sealed class SingleFlight<T>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    /// <param name="key">What the work is for.</param>
    /// <param name="work">Ends soon when its token is cancelled; what it comes to all the same still counts.</param>
    /// <param name="cancellationToken">The caller's: ends the wait. Whoever leaves last waits until the work has ended.</param>
    public async Task<T> RunAsync(string key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        Flight? flight;
        lock (_lock)
        {
            if (!_flights.TryGetValue(key, out flight))
            {
                flight = new Flight();
                var token = flight.Abandoned.Token;
                flight.Task = Task.Run(() => work(token), CancellationToken.None);
                _flights.Add(key, flight);
            }

            flight.Waiting++;
        }

        await ((Task)flight.Task).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await LeaveAsync(key, flight).ConfigureAwait(false);
        if (!flight.Task.IsCompletedSuccessfully)
            cancellationToken.ThrowIfCancellationRequested();
        return await flight.Task.ConfigureAwait(false);
    }

    private async Task LeaveAsync(string key, Flight flight)
    {
        lock (_lock)
        {
            if (--flight.Waiting > 0)
                return;
            _flights.Remove(key);
        }

        if (!flight.Task.IsCompleted)
        {
            await flight.Abandoned.CancelAsync().ConfigureAwait(false);
            // An answer may have been paid for and be on its way into the store.
            await ((Task)flight.Task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        flight.Abandoned.Dispose();
    }

    private sealed class Flight
    {
        public CancellationTokenSource Abandoned { get; } = new();

        public Task<T> Task { get; set; } = null!;

        public int Waiting { get; set; }
    }
}
