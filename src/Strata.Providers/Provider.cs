using Strata.Models;
using Strata.Settings;

namespace Strata.Providers;

/// <summary>What is to know of a provider; a new one is a row of <see cref="All"/>.</summary>
/// <param name="Name">As references say it.</param>
/// <param name="Protocol">The wire format that it speaks.</param>
/// <param name="BaseUrl">Null: there is no usual address.</param>
/// <param name="IsLocal">Runs on hardware of the user, so calls cost nothing.</param>
/// <param name="NeedsKey">Whether it answers nobody without a key.</param>
/// <param name="MaxParallel">Local servers queue what exceeds their few slots, and the wait counts as time of the call.</param>
internal sealed record Provider(string Name, Protocol Protocol, string? BaseUrl, bool IsLocal, bool NeedsKey, int MaxParallel)
{
    public static IReadOnlyList<Provider> All { get; } =
    [
        new("ollama", Protocol.Ollama, "http://localhost:11434", IsLocal: true, NeedsKey: false, 4),
        new("openai", Protocol.OpenAI, "https://api.openai.com/v1", IsLocal: false, NeedsKey: true,
            8) { MaxTokensName = "max_completion_tokens" },
        new("openrouter", Protocol.OpenAI, "https://openrouter.ai/api/v1", IsLocal: false, NeedsKey: true, 8),
        new("anthropic", Protocol.Anthropic, "https://api.anthropic.com", IsLocal: false, NeedsKey: true, 8),
        new("llamacpp", Protocol.OpenAI, "http://localhost:8080/v1", IsLocal: true, NeedsKey: false, 4),
        new("vllm", Protocol.OpenAI, "http://localhost:8000/v1", IsLocal: true, NeedsKey: false, 16),
        new("lmstudio", Protocol.OpenAI, "http://localhost:1234/v1", IsLocal: true, NeedsKey: false, 4),
        new("openai-compatible", Protocol.OpenAI, BaseUrl: null, IsLocal: false, NeedsKey: false, 8),
    ];

    /// <summary>OpenAI's models that think take only <c>max_completion_tokens</c>; other servers know the older name for sure.</summary>
    public string MaxTokensName { get; init; } = "max_tokens";

    public string KeyVariable => ProviderVariables.Key(Name);

    public string UrlVariable => ProviderVariables.Address(Name);

    public static Provider Find(ModelReference reference) =>
        All.FirstOrDefault(provider => string.Equals(provider.Name, reference.Provider, StringComparison.OrdinalIgnoreCase))
        ?? throw new ProviderConfigurationException(
            $"There is no provider '{reference.Provider}' ({reference}). Known are "
                + $"{string.Join(", ", All.Select(provider => provider.Name))}; "
            + $"a model that OpenRouter offers under this name is openrouter/{reference}.");
}

internal enum Protocol
{
    Ollama,
    OpenAI,
    Anthropic,
}
