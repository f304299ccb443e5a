namespace Strata.Summaries.Ladder;

/// <summary>Runs work once for all who ask for it at the same time. It is given up when the last of them has left.</summary>
internal sealed class SingleFlight<T>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);

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

        try
        {
            return await flight.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private void Leave(string key, Flight flight)
    {
        lock (_lock)
        {
            if (--flight.Waiting > 0)
                return;
            _flights.Remove(key);
        }

        if (!flight.Task.IsCompleted)
            flight.Abandoned.Cancel();
        flight.Abandoned.Dispose();
    }

    private sealed class Flight
    {
        public CancellationTokenSource Abandoned { get; } = new();

        public Task<T> Task { get; set; } = null!;

        public int Waiting { get; set; }
    }
}
