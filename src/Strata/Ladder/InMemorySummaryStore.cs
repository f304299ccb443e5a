using System.Collections.Concurrent;
using Strata.Summaries;

namespace Strata.Ladder;

/// <summary>Keeps nodes as long as the process lives.</summary>
public sealed class InMemorySummaryStore : ISummaryStore
{
    private readonly ConcurrentDictionary<string, SummaryNode> _nodes = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _nodes.Count;

    public ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_nodes.GetValueOrDefault(key));
    }

    public ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(_nodes.GetOrAdd(node.Key, node));
    }
}
