namespace Strata.Models;

/// <summary>
/// A model at a provider, written <c>provider/model</c>; the model may hold slashes and colons of its own
/// (<c>openrouter/meta-llama/llama-3.1-70b:free</c>).
/// </summary>
/// <param name="Provider">In lower case.</param>
/// <param name="Model">As the provider spells it.</param>
public sealed record ModelReference(string Provider, string Model)
{
    /// <summary>The providers that come with Strata. Others are plugged in as clients and need no reference.</summary>
    public static IReadOnlyList<string> KnownProviders { get; } =
        ["ollama", "openai", "openrouter", "anthropic", "llamacpp", "vllm", "lmstudio", "openai-compatible"];

    /// <summary>Reads a reference. Whether there is such a provider, who makes its client says.</summary>
    /// <exception cref="FormatException">The text is no reference; the message shows how one looks.</exception>
    public static ModelReference Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var trimmed = text.Trim();
        var slash = trimmed.IndexOf('/', StringComparison.Ordinal);
        if (trimmed.Length == 0)
            throw Malformed(text, "it is empty");
        if (slash < 0)
            throw Malformed(text, "the provider is missing");
        if (slash == 0 || trimmed.Contains("//", StringComparison.Ordinal))
            throw Malformed(text, "a part between slashes is empty");
        if (slash == trimmed.Length - 1)
            throw Malformed(text, "the model is missing");
        if (trimmed.Any(char.IsWhiteSpace))
            throw Malformed(text, "it holds white space");
        return new(trimmed[..slash].ToLowerInvariant(), trimmed[(slash + 1)..]);
    }

    public override string ToString() => $"{Provider}/{Model}";

    private static FormatException Malformed(string text, string why) => new(
        $"'{text}' is not a model reference: {why}. Write provider/model, e.g. ollama/qwen2.5:7b; providers are "
            + $"{string.Join(", ", KnownProviders)}.");
}
