namespace Strata.Providers.Configuration;

/// <summary>Settings from environment variables: <c>STRATA_PROFILE</c>, <c>STRATA_L1</c>, <c>STRATA_MAX_COST</c> …, and the addresses in <c>OLLAMA_HOST</c>, <c>VLLM_BASE_URL</c> …</summary>
public static class SettingsEnvironment
{
    /// <param name="variable">Reads a variable; empty is the same as not set. Null: those of the process.</param>
    /// <exception cref="SettingsException">A value is not allowed: the message names the variable.</exception>
    public static StrataSettings Read(Func<string, string?>? variable = null)
    {
        variable ??= Environment.GetEnvironmentVariable;
        var settings = new StrataSettings();
        foreach (var key in SettingKey.All)
            settings = Apply(settings, key.Variable, variable, key.Set);
        for (var level = 1; level <= 3; level++)
        {
            var number = level;
            settings = Apply(
                settings, FormattableString.Invariant($"STRATA_L{number}"), variable,
                (all, text) => all.WithLevel(number, own => own with { Models = SettingTexts.Models(text) }));
        }

        // As they are: what a variable of another program may hold is for the provider to read.
        var addresses = Provider.All.Select(provider => (provider.Name, Url: variable(provider.UrlVariable))).Where(address => !string.IsNullOrWhiteSpace(address.Url));
        return settings with { BaseUrls = addresses.ToDictionary(address => address.Name, address => address.Url!, StringComparer.OrdinalIgnoreCase) };
    }

    private static StrataSettings Apply(StrataSettings settings, string name, Func<string, string?> variable, Func<StrataSettings, string, StrataSettings> set) =>
        variable(name) is { } text && !string.IsNullOrWhiteSpace(text) ? SettingKey.Apply(settings, $"{name}={text}", text, set) : settings;
}
