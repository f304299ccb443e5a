namespace Strata.Settings;

/// <summary>The environment variables of a provider.</summary>
public static class ProviderVariables
{
    /// <summary>The variable of the key, as <c>ANTHROPIC_API_KEY</c>. Keys stand nowhere else.</summary>
    public static string Key(string provider) => Prefix(provider) + "_API_KEY";

    /// <summary>
    /// The variable of the address: <c>OLLAMA_HOST</c>, which Ollama reads itself, and <c>VLLM_BASE_URL</c> for the others.
    /// </summary>
    public static string Address(string provider) => provider == "ollama" ? "OLLAMA_HOST" : Prefix(provider) + "_BASE_URL";

    private static string Prefix(string provider)
    {
        ArgumentNullException.ThrowIfNull(provider);
        return provider.ToUpperInvariant().Replace('-', '_');
    }
}
