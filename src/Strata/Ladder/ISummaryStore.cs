using Strata.Summaries;

namespace Strata.Ladder;

/// <summary>Keeps nodes, so that none is paid for twice.</summary>
/// <remarks>Thread-safe, also over several processes on one store. What it returns is what was put, unchanged but for secrets.</remarks>
public interface ISummaryStore
{
    /// <summary>The node; null when it was never put.</summary>
    ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Keeps a node. The first one under a key stays; the one that stays is returned.</summary>
    ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default);

    /// <summary>
    /// Waits until nobody else, in any process, writes the node, and keeps others waiting until the returned object is disposed. Who holds
    /// the claim looks for the node again before paying for it. Stores of one process need none: one process asks for a node once at a
    /// time.
    /// </summary>
    ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IAsyncDisposable?>(null);
}
