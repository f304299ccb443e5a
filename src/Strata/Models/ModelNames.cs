using System.Collections.Frozen;
using System.Text.Json;

namespace Strata.Models;

/// <summary>A suffix of model names.</summary>
/// <param name="Text">As it stands at the end of a name.</param>
/// <param name="Window">The window that the suffix stands for, or null when it changes none.</param>
internal sealed record ModelSuffix(string Text, int? Window);

/// <summary>Other names of providers, prefixes and suffixes of models: the rules of <c>Data/names.json</c>.</summary>
internal sealed class ModelNames
{
    private readonly FrozenDictionary<string, string> _providers;
    private readonly FrozenSet<string> _regions;
    private readonly FrozenSet<string> _vendors;

    private ModelNames(JsonElement root)
    {
        _providers = root.GetProperty("providers").EnumerateObject()
            .ToFrozenDictionary(alias => alias.Name, alias => alias.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        _regions = Strings(root, "regions").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _vendors = Strings(root, "vendorPrefixes").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        Expansions = [.. Strings(root, "expansions")];
        Suffixes = [.. root.GetProperty("suffixes").EnumerateArray().Select(suffix => new ModelSuffix(
            suffix.GetProperty("text").GetString()!,
            suffix.TryGetProperty("window", out var window) ? window.GetInt32() : null))];
    }

    public static ModelNames Default => Lazy.Value;

    private static readonly Lazy<ModelNames> Lazy = new(Read);

    public IReadOnlyList<ModelSuffix> Suffixes { get; }

    /// <summary>What a catalogue may have at the end of a name that people leave out.</summary>
    public IReadOnlyList<string> Expansions { get; }

    /// <summary>The provider that a segment before a slash means, as the catalogue spells it.</summary>
    public string Provider(string segment) => _providers.GetValueOrDefault(segment, segment.ToLowerInvariant());

    /// <summary><c>us.anthropic.claude-opus-4-6-v1</c> without region and vendor; any other name as it is.</summary>
    public string WithoutVendor(string name)
    {
        var rest = name;
        if (rest.IndexOf('.') is > 0 and var region && _regions.Contains(rest[..region]))
            rest = rest[(region + 1)..];
        return rest.IndexOf('.') is > 0 and var vendor && _vendors.Contains(rest[..vendor]) ? rest[(vendor + 1)..] : name;
    }

    private static IEnumerable<string> Strings(JsonElement root, string name) =>
        root.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);

    private static ModelNames Read()
    {
        using var document = JsonDocument.Parse(ModelResources.Read("names.json"));
        return new(document.RootElement);
    }
}
