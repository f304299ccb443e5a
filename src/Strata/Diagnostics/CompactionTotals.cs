using Strata.Calls;

namespace Strata.Diagnostics;

/// <summary>Sums over calls and summaries: a line of the table at the end of a compaction.</summary>
public sealed record CompactionTotals
{
    /// <value><c>level-1</c>, <c>rank</c>, a router's task; null: of all.</value>
    public string? Purpose { get; init; }

    /// <value>The model, or level 0's name; null: of all.</value>
    public string? Model { get; init; }

    /// <value>Calls that were sent, retries included.</value>
    public long Calls { get; init; }

    /// <value>Of <see cref="Calls"/>, those still under way.</value>
    public long ActiveCalls { get; init; }

    /// <value>What came to nothing, by kind; what was not sent is counted here and not in <see cref="Calls"/>.</value>
    public IReadOnlyDictionary<CallFault, long> Faults { get; init; } = new Dictionary<CallFault, long>();

    /// <value>Sum of <see cref="Faults"/>.</value>
    public long Failures => Faults.Values.Sum();

    /// <value>Tokens that were sent, those that a provider's prompt cache served included.</value>
    public long TokensIn { get; init; }

    public long TokensOut { get; init; }

    /// <value>Of <see cref="TokensIn"/>, those that a provider's prompt cache served.</value>
    public long TokensCached { get; init; }

    /// <value>USD of calls of models whose prices are known.</value>
    public decimal Cost { get; init; }

    /// <value>Calls of models whose prices are unknown.</value>
    public long UnpricedCalls { get; init; }

    /// <value>Sum over calls that ended; those that ran at the same time count each.</value>
    public TimeSpan Duration { get; init; }

    /// <value>The longest call.</value>
    public TimeSpan LongestCall { get; init; }

    /// <value>Summaries that were written.</value>
    public long Written { get; init; }

    /// <value>Tokens of what the written summaries stand for.</value>
    public long TokensCovered { get; init; }

    /// <value>Tokens of the written summaries.</value>
    public long TokensWritten { get; init; }

    /// <value>Summaries that were paid for before.</value>
    public long StoreHits { get; init; }

    /// <value>Tokens of what those stand for: what was not read again.</value>
    public long TokensReused { get; init; }

    /// <value>Negative where summaries are longer than what they stand for.</value>
    public long TokensSaved => TokensCovered - TokensWritten;

    /// <value>Share of <see cref="TokensCovered"/>; null when nothing was written.</value>
    public double? Saving => TokensCovered == 0 ? null : (double)TokensSaved / TokensCovered;

    /// <value>Mean over the written summaries that the quality gate measured, 0 to 1; null when it measured none.</value>
    public double? Coherence => Measured == 0 ? null : CoherenceSum / Measured;

    internal double CoherenceSum { get; init; }

    internal long Measured { get; init; }

    internal static CompactionTotals Sum(IEnumerable<CompactionTotals> rows, string? purpose = null, string? model = null) =>
        rows.Aggregate(new CompactionTotals { Purpose = purpose, Model = model }, static (sum, row) => sum.Add(row));

    internal CompactionTotals Add(CompactionTotals row) => this with
    {
        Calls = Calls + row.Calls,
        ActiveCalls = ActiveCalls + row.ActiveCalls,
        Faults = row.Faults.Count == 0 ? Faults
            : Faults.Concat(row.Faults).GroupBy(fault => fault.Key, fault => fault.Value)
                .ToDictionary(fault => fault.Key, fault => fault.Sum()),
        TokensIn = TokensIn + row.TokensIn,
        TokensOut = TokensOut + row.TokensOut,
        TokensCached = TokensCached + row.TokensCached,
        Cost = Cost + row.Cost,
        UnpricedCalls = UnpricedCalls + row.UnpricedCalls,
        Duration = Duration + row.Duration,
        LongestCall = LongestCall > row.LongestCall ? LongestCall : row.LongestCall,
        Written = Written + row.Written,
        TokensCovered = TokensCovered + row.TokensCovered,
        TokensWritten = TokensWritten + row.TokensWritten,
        StoreHits = StoreHits + row.StoreHits,
        TokensReused = TokensReused + row.TokensReused,
        CoherenceSum = CoherenceSum + row.CoherenceSum,
        Measured = Measured + row.Measured,
    };
}
