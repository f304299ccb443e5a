using Strata.LevelZero;
using Strata.Models;
using Strata.Planning;
using Strata.Summaries;
using Strata.Tokens;

namespace Strata;

/// <summary>What a compactor is made of for one model and its options.</summary>
internal sealed record CompactorParts(
    CompactionOptions Options, ICompactionStrategy Strategy, MessageCounter Counter, SummaryWriter Summaries, ConversationMemory Memory,
    WindowGauge Gauge)
{
    public static CompactorParts Of(
        CompactionOptions options, ICompactionStrategy strategy, ISummarizer? summarizer, Compactor compactor,
        CompactedPrefixes compacted) =>
        new(
            options,
            strategy,
            compactor.Counter,
            new SummaryWriter(summarizer ?? new ExtractiveSummarizer(), compactor.Counter.Text),
            new ConversationMemory(compactor.Counter),
            new WindowGauge(
                options, compactor.Budget, options.Window is null ? compactor.Model.Model.Window - compactor.Budget.Window : 0,
                compactor.Counter, compactor.Calibrator,
                new Triggers(options.Triggers, strategy.TurnsBetween(options.StrategyOptions), compacted, compactor.Time)));

    public static (ModelMatch Model, MessageCounter Counter) ModelOf(CompactionOptions options)
    {
        var model = options.Catalogue.Find(options.Model);
        return (model, options.Counter ?? ModelCatalogue.MessageCounterFor(model.Model));
    }

    /// <summary>The window that the options state, or the model's.</summary>
    /// <remarks>
    /// Some vendors take less input than the window they advertise: the smaller number is the one that answers with an error.
    /// </remarks>
    public static int WindowOf(CompactionOptions options, ModelInfo model) =>
        options.Window ?? Math.Min(model.Window, model.InputLimit ?? int.MaxValue);

    public static CompactionOptions WithLevels(CompactionOptions options, ISummarizer? summarizer) =>
        summarizer?.Hierarchy is { } shape ? options with { StrategyOptions = options.StrategyOptions with { Hierarchy = shape } }
            : options;

    public static ICompactionStrategy FindStrategy(string name, IEnumerable<ICompactionStrategy>? strategies) =>
        strategies?.FirstOrDefault(strategy => string.Equals(strategy.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? CompactionStrategies.Find(name)
        ?? throw new ArgumentException(
            $"There is no strategy '{name}'. Known: {string.Join(", ", CompactionStrategies.All.Select(strategy => strategy.Name))}.",
            nameof(name));
}
