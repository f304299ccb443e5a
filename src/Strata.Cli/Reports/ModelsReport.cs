using Strata.Models;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata models</c> prints.</summary>
/// <param name="Filter">Null: all.</param>
/// <param name="Resolved">How the filter is understood as a model's name; null when it is none.</param>
/// <param name="Models">The models that the filter meets.</param>
internal sealed record ModelsReport(string? Filter, ResolvedModel? Resolved, IReadOnlyList<ModelRow> Models);

/// <summary>The model that a name means, and why.</summary>
internal sealed record ResolvedModel(string Name, ModelMatchKind Match, string Reason, ModelRow Model);

/// <summary>One model. Windows and limits are in tokens, prices in USD per million tokens.</summary>
internal sealed record ModelRow
{
    public required string Id { get; init; }

    public string? Provider { get; init; }

    public required int Window { get; init; }

    public int? Input { get; init; }

    public int? Output { get; init; }

    public required string Tokenizer { get; init; }

    /// <summary>How far counts may lie from the truth, as a share.</summary>
    public required double ErrorBand { get; init; }

    /// <summary>Null when unknown.</summary>
    public PriceRow? Prices { get; init; }

    public string? Released { get; init; }

    public required ModelSources Sources { get; init; }

    public static ModelRow Of(ModelInfo model) => new()
    {
        Id = model.Id,
        Provider = model.Provider,
        Window = model.Window,
        Input = model.InputLimit,
        Output = model.OutputLimit,
        Tokenizer = model.Tokenizer,
        ErrorBand = ModelCatalogue.CounterFor(model).ErrorBand,
        Prices = model.Prices is { } prices
            ? new(prices.Input, prices.Output, prices.CacheRead, prices.CacheWrite, prices.CacheWrite1h, prices.LongPrompt)
            : null,
        Released = model.Released,
        Sources = new(model.Source, model.LimitsSource, model.Prices is null ? null : model.PricesSource),
    };
}

internal sealed record PriceRow(
    decimal Input, decimal Output, decimal? CacheRead, decimal? CacheWrite, decimal? CacheWrite1h, LongPromptPrices? LongPrompt);

/// <summary>Where a model's numbers come from.</summary>
/// <param name="Window">Of the window.</param>
/// <param name="Limits">Of the input and output limits.</param>
/// <param name="Prices">Of the prices; null when there are none.</param>
internal sealed record ModelSources(string Window, string Limits, string? Prices);
