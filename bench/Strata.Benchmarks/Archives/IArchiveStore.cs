using Strata.Archives;

namespace Strata.Benchmarks.Archives;

/// <summary>Where an archive that is measured is kept; gone afterwards unless it was named.</summary>
internal interface IArchiveStore : IAsyncDisposable
{
    /// <summary>With these a child process opens the same archive.</summary>
    IReadOnlyList<string> ChildArguments { get; }

    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="isFilling">Whether writing it is not what is measured, so that a loss of power may cost it.</param>
    ValueTask<IArchive> OpenAsync(CancellationToken cancellationToken, bool isFilling = false);

    /// <summary>Does now what the store does to its index by and by.</summary>
    ValueTask FinishIndexAsync(IArchive archive, CancellationToken cancellationToken);
}
