using Microsoft.Extensions.Configuration;
using Strata.Providers.Configuration;

namespace Strata.Hosting.Configuration;

/// <summary>The keys of a section. <c>max_cost</c>, <c>MaxCost</c> and <c>max-cost</c> are one key, as JSON files, environment variables and command lines spell it.</summary>
internal static class ConfigurationKeys
{
    /// <summary>The known key that <paramref name="typed"/> means; null when it means none.</summary>
    public static string? Find(string typed, IEnumerable<string> known) => known.FirstOrDefault(name => string.Equals(Plain(name), Plain(typed), StringComparison.Ordinal));

    /// <summary>As JSON files spell it: <c>MaxCost</c>.</summary>
    public static string Display(string key) => string.Concat(key.Split('_').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>What is wrong with a key that is none of <paramref name="known"/>.</summary>
    public static string Unknown(IConfigurationSection section, string what, IReadOnlyCollection<string> known, string? provider = null)
    {
        if (!YamlKeys.Secret.Contains(section.Key, StringComparer.OrdinalIgnoreCase))
            return $"{section.Path}: {NearestName.Unknown(what, section.Key, [.. known.Select(Display)])}";
        var variable = provider is null ? "such as ANTHROPIC_API_KEY" : provider.ToUpperInvariant().Replace('-', '_') + "_API_KEY";
        return $"{section.Path}: configuration holds no keys; take it out and set the environment variable {variable}.";
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
