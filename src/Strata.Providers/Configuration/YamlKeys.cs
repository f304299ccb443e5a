using YamlDotNet.RepresentationModel;

namespace Strata.Providers.Configuration;

/// <summary>The entries of a mapping, each under a key that is known.</summary>
internal sealed class YamlKeys
{
    internal static readonly string[] Secret = ["api_key", "apikey", "api-key", "key", "token", "auth_token", "secret", "password", "authorization"];

    /// <param name="place">The file.</param>
    /// <param name="node">The mapping.</param>
    /// <param name="what">What its keys are, for errors.</param>
    /// <param name="known">The keys that are allowed.</param>
    /// <param name="provider">Whose settings these are; null: nobody's.</param>
    public YamlKeys(YamlPlace place, YamlNode node, string what, IReadOnlyCollection<string> known, string? provider = null)
    {
        Place = place;
        if (node is not YamlMappingNode mapping)
            throw place.Fail(node, $"keys with values are expected here: {string.Join(", ", known)}");
        Entries = [.. mapping.Children.Select(child => (KeyOf(child.Key, what, known, provider), child.Value))];
    }

    public YamlPlace Place { get; }

    public IReadOnlyList<(string Key, YamlNode Node)> Entries { get; }

    private string KeyOf(YamlNode node, string what, IReadOnlyCollection<string> known, string? provider)
    {
        var key = Place.Text(node, what);
        if (Secret.Contains(key, StringComparer.OrdinalIgnoreCase))
        {
            var variable = (provider ?? "anthropic").ToUpperInvariant().Replace('-', '_') + "_API_KEY";
            throw Place.Fail(node, $"a file holds no keys; take '{key}' out and set the environment variable {variable}{(provider is null ? ", or that of the provider" : "")}");
        }

        return known.Contains(key, StringComparer.Ordinal)
            ? key
            : throw Place.Fail(node, NearestName.Unknown(what, key, known));
    }
}
