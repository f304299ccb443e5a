using Strata.Tokens;

namespace Strata.Models;

/// <summary>The windows, limits and prices of models, and what a name means.</summary>
/// <remarks>Immutable and thread-safe. docs/models.md states the order in which a name is resolved.</remarks>
public sealed class ModelCatalogue
{
    private static readonly Lazy<ModelCatalogue> LazyDefault = new(Load);

    private readonly List<ModelInfo> _overrides;
    private readonly ModelTable _seed;
    private readonly ModelTable _listed;
    private readonly ModelResolver _resolver;
    private readonly Lazy<IReadOnlyList<ModelInfo>> _models;

    private ModelCatalogue(List<ModelInfo> overrides, ModelTable seed, ModelTable listed)
    {
        _overrides = overrides;
        _seed = seed;
        _listed = listed;
        _resolver = new ModelResolver(new ModelTable(overrides), seed, listed);
        _models = new(() => [.. _overrides, .. Rows(_seed).Select(row => Find(row.Id).Model), .. Rows(_listed)]);
    }

    /// <summary>The embedded catalogue, read on first use.</summary>
    public static ModelCatalogue Default => LazyDefault.Value;

    /// <summary>Overrides first, then the table of the <c>smart</c> profile, then models.dev.</summary>
    public IReadOnlyList<ModelInfo> Models => _models.Value;

    /// <summary>The model a name means. Never throws: a name of which nothing is known is a model of 32 000 tokens.</summary>
    public ModelMatch Find(string? name) => _resolver.Find(name);

    /// <summary>
    /// A catalogue in which <paramref name="overrides"/> win over everything else; a later one wins over an earlier one of the same name.
    /// What an override leaves null is taken from the model it stands for.
    /// </summary>
    public ModelCatalogue With(params IEnumerable<ModelInfo> overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        var rows = new List<ModelInfo>(_overrides);
        foreach (var model in overrides)
        {
            ArgumentNullException.ThrowIfNull(model, nameof(overrides));
            var replaced = Find(model.Provider is null ? model.Id : $"{model.Provider}/{model.Id}");
            rows.RemoveAll(row => Same(row, model));
            rows.Insert(0, replaced.Kind is ModelMatchKind.Exact or ModelMatchKind.ProviderAndId ? Complete(model, replaced.Model) : model);
        }

        return new(rows, _seed, _listed);
    }

    /// <summary>Reads an override file, of the shape docs/models.md shows.</summary>
    /// <exception cref="FormatException">The file is malformed; the message names the place as JSON path and line.</exception>
    public static IReadOnlyList<ModelInfo> Parse(Stream json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var buffer = new MemoryStream();
        json.CopyTo(buffer);
        return ModelFile.Read(buffer.GetBuffer().AsSpan(0, (int)buffer.Length), "override file");
    }

    /// <summary>
    /// Counts the tokens of text for a model: exactly where its tokenizer is public, otherwise as an estimate with its error band.
    /// </summary>
    public static ITokenCounter CounterFor(ModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return TokenCounters.Find(model.Tokenizer) ?? TokenCounters.Find(ModelFamilies.Default.Unknown.Tokenizer)!;
    }

    /// <summary>Counts messages for a model, with what its vendor adds.</summary>
    public static MessageCounter MessageCounterFor(ModelInfo model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new(CounterFor(model), RequestFraming.Find(model.Framing) ?? RequestFraming.ChatTemplate);
    }

    private static bool Same(ModelInfo left, ModelInfo right) =>
        string.Equals(left.Id, right.Id, StringComparison.OrdinalIgnoreCase)
        && string.Equals(left.Provider, right.Provider, StringComparison.OrdinalIgnoreCase);

    internal static ModelInfo Complete(ModelInfo model, ModelInfo from) => model with
    {
        Family = model.Family ?? from.Family,
        Released = model.Released ?? from.Released,
        Tools = model.Tools ?? from.Tools,
        Reasoning = model.Reasoning ?? from.Reasoning,
        ThinkingBoundToPrefix = model.ThinkingBoundToPrefix ?? from.ThinkingBoundToPrefix,
        InputLimit = model.InputLimit ?? (from.InputLimit < model.Window ? from.InputLimit : null),
        OutputLimit = model.OutputLimit ?? (from.OutputLimit < model.Window ? from.OutputLimit : null),
        LimitsSource = model.InputLimit is null && model.OutputLimit is null ? from.LimitsSource : model.LimitsSource,
        Prices = model.Prices ?? from.Prices,
        PricesSource = model.Prices is null ? from.PricesSource : model.PricesSource,
    };

    private static IEnumerable<ModelInfo> Rows(ModelTable table) => Enumerable.Range(0, table.Count).Select(row => table[row]);

    private static ModelCatalogue Load() =>
        new([], ModelTable.FromResources("seed.json"), ModelTable.FromResources("newer.json", "models.json", "retired.json"));
}
