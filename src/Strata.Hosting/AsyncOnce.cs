namespace Strata.Hosting;

/// <summary>Makes something when it is first wanted. What fails or is cancelled is tried again by who asks next.</summary>
internal sealed class AsyncOnce<T>(Func<CancellationToken, ValueTask<T>> make) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile T? _made;

    /// <value>Null until it was made.</value>
    public T? Made => _made;

    public ValueTask<T> GetAsync(CancellationToken cancellationToken) =>
        _made is { } made ? ValueTask.FromResult(made) : MakeAsync(cancellationToken);

    public void Dispose() => _gate.Dispose();

    private async ValueTask<T> MakeAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _made ??= await make(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }
}
