using Strata.Calls;
using Strata.Costs;
using Strata.Ladder;
using Strata.Models;
using Strata.Providers;
using Strata.Settings;

namespace Strata.Cli.Ladders;

/// <summary>The models of one command, what they may do, and what they did.</summary>
internal sealed class LadderRun : IDisposable
{
    private readonly ModelProviders _providers;

    private LadderRun(ModelProviders providers, ModelLadder ladder, StrataSettings settings, ISummaryStore? store, Terminal terminal)
    {
        _providers = providers;
        Problems = ladder.Problems;
        MaxCost = settings.MaxCost;
        Log = new RunLog(terminal.Time);
        var caller = new ModelCaller(
            settings.ApplyTo(new CallOptions()), terminal.Time, Log, settings.MaxCost is { } most ? new SpendCap(most) : null);
        Summarizer = new LadderSummarizer(ladder.Options, caller, store, Log, terminal.Time, terminal.Interrupts.Calls);
    }

    public LadderSummarizer Summarizer { get; }

    public RunLog Log { get; }

    /// <summary>Models that could not be reached, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>USD; null: no limit.</summary>
    public decimal? MaxCost { get; }

    /// <summary>
    /// Makes the models that the settings name; null when they name none. What they write is kept in <paramref name="store"/>; null: only
    /// for this run.
    /// </summary>
    public static async Task<LadderRun?> StartAsync(
        StrataSettings settings, ModelCatalogue catalogue, ISummaryStore? store, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings.WrittenLevels.Count == 0)
            return null;
        var providers = new ModelProviders(ProviderOptions.From(settings) with
        {
            Environment = terminal.Environment,
            Catalogue = catalogue,
            TimeProvider = terminal.Time,
        });
        try
        {
            var ladder = await ModelLadder.CreateAsync(settings, providers, terminal.Time, cancellationToken).ConfigureAwait(false);
            return new LadderRun(providers, ladder!, settings, store, terminal);
        }
        catch
        {
            providers.Dispose();
            throw;
        }
    }

    public void Dispose() => _providers.Dispose();
}
