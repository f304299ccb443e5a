namespace Strata.Providers;

/// <summary>A provider with its address and key. No record: nothing may print the key.</summary>
internal sealed class ProviderEndpoint
{
    private const int OllamaPort = 11434;

    private ProviderEndpoint(Provider provider, Uri url, string? key) => (Provider, Url, Key) = (provider, url, key);

    public Provider Provider { get; }

    /// <summary>Ends with a slash, so that relative addresses extend it.</summary>
    public Uri Url { get; }

    /// <summary>Null when none is set and none is needed.</summary>
    public string? Key { get; }

    /// <summary>For people and logs: scheme, host and port, without user, password, path and query.</summary>
    public string Place => $"{Provider.Name} at {Url.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)}";

    public static ProviderEndpoint Create(Provider provider, ProviderOptions options)
    {
        var key = options.Environment(provider.KeyVariable)?.Trim();
        if (string.IsNullOrEmpty(key) && provider.NeedsKey)
            throw new ProviderConfigurationException(
                $"There is no key for {provider.Name}: set the environment variable {provider.KeyVariable}.");
        if (key is not null && key.Any(static c => c is < '!' or > '~'))
            throw new ProviderConfigurationException(
                $"The key in {provider.KeyVariable} holds white space or other characters that no key has; set it anew.");
        return new(provider, UrlOf(provider, options), string.IsNullOrEmpty(key) ? null : key);
    }

    public override string ToString() => Place;

    private static Uri UrlOf(Provider provider, ProviderOptions options)
    {
        var configured =
            options.BaseUrls.FirstOrDefault(pair => string.Equals(pair.Key, provider.Name, StringComparison.OrdinalIgnoreCase)).Value;
        var text = NullIfBlank(configured) ?? NullIfBlank(options.Environment(provider.UrlVariable)) ?? provider.BaseUrl
            ?? throw new ProviderConfigurationException(
                $"{provider.Name} has no usual address: set BaseUrls[\"{provider.Name}\"] or the environment variable "
                    + $"{provider.UrlVariable}, e.g. http://localhost:8000/v1.");
        if (provider.Protocol == Protocol.Ollama)
            text = AsOllamaReadsIt(text);
        return Uri.TryCreate(text.TrimEnd('/') + '/', UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new ProviderConfigurationException(
                $"The address of {provider.Name} is not an http or https address, as in {provider.BaseUrl ?? "http://localhost:8000/v1"}; "
                    + $"it is read from BaseUrls and {provider.UrlVariable}.");
    }

    /// <summary>
    /// OLLAMA_HOST also serves the server: it may lack scheme and port, and 0.0.0.0 means to listen everywhere, which is no address to
    /// call.
    /// </summary>
    private static string AsOllamaReadsIt(string text)
    {
        var hasScheme = text.Contains("://", StringComparison.Ordinal);
        if (!Uri.TryCreate(hasScheme ? text : $"http://{text}", UriKind.Absolute, out var url))
            return text;
        var builder = new UriBuilder(url);
        if (!hasScheme && !text.Contains($":{url.Port}", StringComparison.Ordinal))
            builder.Port = OllamaPort;
        if (url.Host is "0.0.0.0" or "[::]")
            builder.Host = "localhost";
        return builder.Uri.ToString();
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
