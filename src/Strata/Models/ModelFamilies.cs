using System.Text.Json;

namespace Strata.Models;

/// <summary>A rule for all models whose name starts alike.</summary>
/// <param name="Match">What names start with, e.g. <c>claude*</c>.</param>
/// <param name="Vendors">The providers that are the model's own vendor.</param>
/// <param name="Tokenizer">What counts the tokens.</param>
/// <param name="Framing">What the vendor adds to a request.</param>
/// <param name="Window">Taken when no row of the catalogue is closer: the smallest that is usual in the family.</param>
internal sealed record ModelFamily(string Match, List<string> Vendors, int Window, string Tokenizer, string Framing)
{
    internal string Prefix { get; } = ModelName.Canonical(Match.TrimEnd('*'));

    /// <summary>A name belongs to it when its parts start with those of the rule: <c>o1*</c> is not <c>o12</c>.</summary>
    public bool Includes(string canonical) =>
        canonical.StartsWith(Prefix, StringComparison.Ordinal) && (canonical.Length == Prefix.Length || canonical[Prefix.Length] == '-');
}

/// <summary>The family rules of <c>Data/families.json</c>; the first that includes a name holds.</summary>
internal sealed class ModelFamilies
{
    private readonly List<ModelFamily> _rules;
    private readonly ModelFamily _default;

    private ModelFamilies(List<ModelFamily> rules, ModelFamily @default)
    {
        _rules = rules;
        _default = @default;
    }

    public static ModelFamilies Default => Lazy.Value;

    private static readonly Lazy<ModelFamilies> Lazy = new(Read);

    /// <summary>What holds for a model of which nothing is known.</summary>
    public ModelFamily Unknown => _default;

    /// <summary>The rule for a model id, with or without providers before it; <see cref="Unknown"/> when there is none.</summary>
    public ModelFamily For(string id) =>
        Find(ModelNames.Default.WithoutVendor(ModelName.LastSegment(id))) ?? Find(ModelName.LastSegment(id)) ?? _default;

    public ModelFamily? Find(string name)
    {
        var canonical = ModelName.Canonical(name);
        return _rules.Find(rule => rule.Includes(canonical));
    }

    private static ModelFamilies Read()
    {
        using var document = JsonDocument.Parse(ModelResources.Read("families.json"));
        var root = document.RootElement;
        var rules = new List<ModelFamily>();
        foreach (var rule in root.GetProperty("families").EnumerateArray())
        {
            var vendors = new List<string>();
            foreach (var vendor in rule.GetProperty("vendors").EnumerateArray())
                vendors.Add(vendor.GetString()!);
            rules.Add(new(
                rule.GetProperty("match").GetString()!,
                vendors,
                rule.GetProperty("window").GetInt32(),
                rule.GetProperty("tokenizer").GetString()!,
                rule.GetProperty("framing").GetString()!));
        }

        return new(rules, new ModelFamily(
            "*",
            [],
            root.GetProperty("windowDefault").GetInt32(),
            root.GetProperty("tokenizerDefault").GetString()!,
            root.GetProperty("framingDefault").GetString()!));
    }
}
