using Strata.Models;

namespace Strata.Settings;

/// <summary>
/// Settings from environment variables: <c>STRATA_PROFILE</c>, <c>STRATA_L1</c>, <c>STRATA_MAX_COST</c> …, and the addresses in
/// <c>OLLAMA_HOST</c>,
/// <c>VLLM_BASE_URL</c> …
/// </summary>
public static class SettingsEnvironment
{
    /// <param name="variable">Reads a variable; empty is the same as not set. Null: those of the process.</param>
    /// <exception cref="SettingsException">A value is not allowed: the message names the variable.</exception>
    public static StrataSettings Read(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var settings = new StrataSettings();
        foreach (var setting in SettingTable.All)
        {
            if (TextOf(setting.Variable) is { } text)
                settings = setting.Set(settings, text, $"{setting.Variable}={text}");
        }

        foreach (var level in LevelText.All)
        {
            if (TextOf(level.Variable) is { } text)
                settings = level.Set(settings, text, $"{level.Variable}={text}");
        }

        // Addresses stay as they are: what a variable of another program may hold is for the provider to read.
        var addresses = ModelReference.KnownProviders
            .Select(provider => (Name: provider, Url: TextOf(ProviderVariables.Address(provider))));
        return settings with
        {
            BaseUrls = addresses.Where(address => address.Url is not null)
                .ToDictionary(address => address.Name, address => address.Url!, StringComparer.OrdinalIgnoreCase),
        };

        string? TextOf(string name) => variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }
}
