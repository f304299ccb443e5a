namespace Strata.Gateway;

/// <summary>Where the requests of one vendor's API are sent.</summary>
/// <param name="Name">One of <see cref="Names"/>.</param>
/// <param name="Url">The address before <c>/v1/…</c>; a path in it is put before the path of each request.</param>
public sealed record GatewayUpstream(string Name, Uri Url)
{
    /// <summary>The names, each with the address that holds where none is given.</summary>
    public static IReadOnlyDictionary<string, Uri> Names { get; } = new Dictionary<string, Uri>(StringComparer.Ordinal)
    {
        ["anthropic"] = new("https://api.anthropic.com"),
        ["openai"] = new("https://api.openai.com"),
        ["ollama"] = new("http://127.0.0.1:11434"),
        ["gemini"] = new("https://generativelanguage.googleapis.com"),
    };

    /// <value>
    /// The key of the upstream, sent in the place of the client's own; null: the client's passes on.
    /// </value>
    public string? Key { get; init; }

    /// <summary>Reads <c>NAME=URL</c>.</summary>
    /// <exception cref="FormatException">It is something else: the message says what is wanted.</exception>
    public static GatewayUpstream Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (name, address) = text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (text[..at], text[(at + 1)..]) : ("", text);
        if (!Names.ContainsKey(name))
            throw new FormatException($"'{text}' names no upstream; give NAME=URL with one of the names {string.Join(", ", Names.Keys)}.");
        return Uri.TryCreate(address, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url.UserInfo.Length == 0 && url.Query.Length == 0
            ? new GatewayUpstream(name, url)
            : throw new FormatException($"'{address}' is no address of an upstream; give one such as {Names[name]}.");
    }

    /// <summary>The name and the address; never the key.</summary>
    public override string ToString() => $"{Name}={Url}";
}
