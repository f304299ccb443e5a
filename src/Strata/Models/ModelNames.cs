using System.Text.Json;

namespace Strata.Models;

/// <summary>A suffix of model names.</summary>
/// <param name="Text">As it stands at the end of a name.</param>
/// <param name="Window">The window that the suffix stands for, or null when it changes none.</param>
internal sealed record ModelSuffix(string Text, int? Window);

/// <summary>Other names of providers, prefixes and suffixes of models: the rules of <c>Data/names.json</c>.</summary>
internal sealed class ModelNames
{
    private readonly Dictionary<string, string> _providers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _regions;
    private readonly List<string> _vendors;
    private readonly List<string> _prefixes;

    private ModelNames(JsonElement root)
    {
        foreach (var alias in root.GetProperty("providers").EnumerateObject())
            _providers[alias.Name] = alias.Value.GetString()!;
        _regions = Strings(root, "regions");
        _vendors = Strings(root, "vendorPrefixes");
        _prefixes = Strings(root, "prefixes");
        Expansions = Strings(root, "expansions");
        var suffixes = new List<ModelSuffix>();
        foreach (var suffix in root.GetProperty("suffixes").EnumerateArray())
            suffixes.Add(new(
                suffix.GetProperty("text").GetString()!, suffix.TryGetProperty("window", out var window) ? window.GetInt32() : null));
        Suffixes = suffixes;
    }

    public static ModelNames Default => Lazy.Value;

    private static readonly Lazy<ModelNames> Lazy = new(Read);

    public List<ModelSuffix> Suffixes { get; }

    /// <summary>What a catalogue may have at the end of a name that people leave out.</summary>
    public List<string> Expansions { get; }

    /// <summary>The provider that a segment before a slash means, as the catalogue spells it.</summary>
    public string Provider(string segment) => _providers.GetValueOrDefault(segment, segment.ToLowerInvariant());

    /// <summary><c>us.anthropic.claude-opus-4-6-v1</c> without region and vendor; any other name as it is.</summary>
    public string WithoutVendor(string name)
    {
        var rest = name;
        if (rest.IndexOf('.', StringComparison.Ordinal) is > 0 and var region && Has(_regions, rest[..region]))
            rest = rest[(region + 1)..];
        return rest.IndexOf('.', StringComparison.Ordinal) is > 0 and var vendor && Has(_vendors, rest[..vendor]) ? rest[(vendor + 1)..]
            : name;
    }

    /// <summary><c>ft:gpt-4o-mini:acme</c> without <c>ft:</c>; any other name as it is.</summary>
    public string WithoutPrefix(string name)
    {
        foreach (var prefix in _prefixes)
        {
            if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                return name[prefix.Length..];
        }

        return name;
    }

    private static bool Has(List<string> names, string name)
    {
        foreach (var known in names)
        {
            if (string.Equals(known, name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static List<string> Strings(JsonElement root, string name)
    {
        var strings = new List<string>();
        foreach (var item in root.GetProperty(name).EnumerateArray())
            strings.Add(item.GetString()!);
        return strings;
    }

    private static ModelNames Read()
    {
        using var document = JsonDocument.Parse(ModelResources.Read("names.json"));
        return new(document.RootElement);
    }
}
