using Strata.Calls;
using Strata.Diagnostics;
using Strata.Ladder;
using Strata.Summaries;

namespace Strata.Cli.Ladders;

/// <summary>Keeps what the ladder and its calls tell, for the display while it runs and the report at its end. Thread-safe.</summary>
internal sealed class RunLog(TimeProvider time) : ILadderObserver, ICallObserver
{
    private readonly Lock _lock = new();
    private readonly CompactionMetrics _metrics = new();
    private readonly long _started = time.GetTimestamp();
    private readonly SortedDictionary<int, LevelProgress> _levels = [];
    private readonly Dictionary<string, LoggedNode> _nodes = new(StringComparer.Ordinal);
    private int _instead;

    /// <summary>Something was told. Called from several threads at once.</summary>
    public Action? Changed { get; set; }

    /// <summary>Every node once, however often the compaction asked for it.</summary>
    public IReadOnlyList<LoggedNode> Nodes
    {
        get
        {
            lock (_lock)
                return [.. _nodes.Values];
        }
    }

    public CompactionMetricsSnapshot Calls => _metrics.Snapshot();

    public ProgressState State()
    {
        var calls = _metrics.Snapshot().Total;
        lock (_lock)
            return new ProgressState([.. _levels.Values], _instead, calls, time.GetElapsedTime(_started));
    }

    public void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel)
    {
        lock (_lock)
        {
            // A second pass with a smaller target plans anew: what is done stays done. Level 0 stood in for some of it, and is asked to
            // again.
            _instead = 0;
            foreach (var level in _levels.Keys.Union(nodesByLevel.Keys).ToList())
            {
                var done = _levels.GetValueOrDefault(level)?.Done ?? 0;
                _levels[level] = new LevelProgress(level, done, done + nodesByLevel.GetValueOrDefault(level));
            }
        }

        Changed?.Invoke();
    }

    public void OnWritten(SummaryNode node, int coveredTokens) => Add(node, coveredTokens, reused: false);

    public void OnReused(SummaryNode node, int coveredTokens) => Add(node, coveredTokens, reused: true);

    public void OnStarted(string model, string purpose)
    {
        _metrics.OnStarted(model, purpose);
        Changed?.Invoke();
    }

    public void OnAnswered(CallAnswer answer, string purpose)
    {
        _metrics.OnAnswered(answer, purpose);
        Changed?.Invoke();
    }

    public void OnFailed(CallFailure failure, string purpose)
    {
        _metrics.OnFailed(failure, purpose);
        Changed?.Invoke();
    }

    private void Add(SummaryNode node, int coveredTokens, bool reused)
    {
        lock (_lock)
        {
            // What this run wrote itself and finds again was paid for by this run.
            if (!reused || !_nodes.ContainsKey(node.Key))
                _nodes[node.Key] = new LoggedNode(node, coveredTokens, reused);
            if (_levels.TryGetValue(node.Level, out var level))
                _levels[node.Level] = level with { Done = level.Done + 1 };
            else
                _instead++;
        }

        Changed?.Invoke();
    }
}

/// <summary>A node that was written or found.</summary>
/// <param name="Node">The node.</param>
/// <param name="CoveredTokens">Tokens of what it stands for.</param>
/// <param name="Reused">It came from the store.</param>
internal sealed record LoggedNode(SummaryNode Node, int CoveredTokens, bool Reused);
