namespace Strata.Planning;

/// <summary>All strategies by name.</summary>
public static class CompactionStrategies
{
    /// <summary>The strategy that runs when none is named.</summary>
    public const string Default = "hierarchical";

    public static IReadOnlyList<ICompactionStrategy> All { get; } =
    [
        new HierarchicalStrategy(),
        new HybridStrategy(),
        new SummaryStrategy(),
        new SlidingWindowStrategy(),
        new TruncateStrategy(),
        new SelectiveStrategy(),
        new PruneStrategy(),
    ];

    /// <summary>
    /// The strategy called <paramref name="name"/>; <c>sliding_window</c> is understood for <c>sliding-window</c>. Null when there is none.
    /// </summary>
    public static ICompactionStrategy? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var wanted = name.Replace('_', '-');
        return All.FirstOrDefault(strategy => string.Equals(strategy.Name, wanted, StringComparison.OrdinalIgnoreCase));
    }
}
