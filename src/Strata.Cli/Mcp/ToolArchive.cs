using Strata.Archives;

namespace Strata.Cli.Mcp;

/// <summary>The archive of a server, opened when a call first needs it.</summary>
/// <param name="open">Opens it; true: it may come into being now.</param>
internal sealed class ToolArchive(Func<bool, CancellationToken, ValueTask<IArchive>> open) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private IArchive? _opened;

    /// <summary>For reading.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public ValueTask<IArchive> ReadAsync(CancellationToken cancellationToken) => OpenAsync(mayCreate: false, cancellationToken);

    /// <summary>For keeping something: one that is not there comes into being.</summary>
    public ValueTask<IArchive> WriteAsync(CancellationToken cancellationToken) => OpenAsync(mayCreate: true, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_opened is not null)
            await _opened.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private async ValueTask<IArchive> OpenAsync(bool mayCreate, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _opened ??= await open(mayCreate, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }
}
