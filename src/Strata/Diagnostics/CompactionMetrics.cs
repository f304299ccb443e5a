using Strata.Calls;
using Strata.Ladder;
using Strata.Summaries;

namespace Strata.Diagnostics;

/// <summary>Counts calls and summaries by purpose and model, for code that wants the numbers itself.</summary>
/// <remarks>Thread-safe. Give it to the <see cref="ModelCaller"/> and to the ladder; a snapshot is of one moment.</remarks>
public sealed class CompactionMetrics : ICallObserver, ILadderObserver
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Purpose, string Model), CompactionTotals> _rows = [];

    public void OnStarted(string model, string purpose) => Add(purpose, model, new CompactionTotals { Calls = 1, ActiveCalls = 1 });

    public void OnAnswered(CallAnswer answer, string purpose)
    {
        ArgumentNullException.ThrowIfNull(answer);
        Add(purpose, answer.Model, Ended(answer.Usage));
    }

    public void OnFailed(CallFailure failure, string purpose)
    {
        ArgumentNullException.ThrowIfNull(failure);
        var ended = failure.Fault.IsSkip() ? new CompactionTotals() : Ended(failure.Usage);
        Add(purpose, failure.Model, ended with { Faults = new Dictionary<CallFault, long> { [failure.Fault] = 1 } });
    }

    public void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel)
    {
    }

    public void OnWritten(SummaryNode node, int coveredTokens)
    {
        ArgumentNullException.ThrowIfNull(node);
        Add(Naming.Purpose(node), node.WrittenBy, new CompactionTotals
        {
            Written = 1,
            TokensCovered = coveredTokens,
            TokensWritten = node.Tokens,
            CoherenceSum = node.Quality?.Coherence ?? 0,
            Measured = node.Quality is null ? 0 : 1,
        });
    }

    public void OnReused(SummaryNode node, int coveredTokens)
    {
        ArgumentNullException.ThrowIfNull(node);
        Add(Naming.Purpose(node), node.WrittenBy, new CompactionTotals { StoreHits = 1, TokensReused = coveredTokens });
    }

    public CompactionMetricsSnapshot Snapshot()
    {
        lock (_lock)
            return new CompactionMetricsSnapshot([.. _rows.OrderBy(row => row.Key.Purpose, StringComparer.Ordinal)
                .ThenBy(row => row.Key.Model, StringComparer.Ordinal).Select(row => row.Value)]);
    }

    private static CompactionTotals Ended(CallUsage usage) => new()
    {
        ActiveCalls = -1,
        TokensIn = usage.InputTokens,
        TokensOut = usage.OutputTokens,
        TokensCached = usage.CachedTokens,
        Cost = usage.Cost ?? 0,
        UnpricedCalls = usage.Cost is null ? 1 : 0,
        Duration = usage.Duration,
        LongestCall = usage.Duration,
    };

    private void Add(string purpose, string model, CompactionTotals what)
    {
        lock (_lock)
        {
            var sum = _rows.GetValueOrDefault((purpose, model)) ?? new CompactionTotals { Purpose = purpose, Model = model };
            _rows[(purpose, model)] = sum.Add(what);
        }
    }
}
