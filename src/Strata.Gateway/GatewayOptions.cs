namespace Strata.Gateway;

/// <summary>What a <see cref="GatewayServer"/> listens on, where it sends requests, and what it allows.</summary>
public sealed record GatewayOptions
{
    /// <value>Addresses to listen on. The default is <c>http://127.0.0.1:4141</c>; port 0 takes a free one.</value>
    public IReadOnlyList<string> Urls { get; init; } = ["http://127.0.0.1:4141"];

    /// <value>Upstreams in the place of the vendors' own addresses, by the names of <see cref="GatewayUpstream.Names"/>.</value>
    public IReadOnlyList<GatewayUpstream> Upstreams { get; init; } = [];

    /// <value>
    /// How conversations are compacted. A window that is stated holds for every model; null: the model's own, or what the request names
    /// (Ollama's <c>num_ctx</c>).
    /// </value>
    public CompactionOptions Compaction { get; init; } = new();

    /// <value>What is done with a request that would not fit.</value>
    public GatewayMode Mode { get; init; }

    /// <value>
    /// The key that clients must show in <c>x-strata-key</c>, <c>x-api-key</c> or as a bearer. Null: none, which is allowed on loopback
    /// only.
    /// </value>
    public string? Key { get; init; }

    /// <value>The longest request body in bytes. The default is 64 MiB; the vendors themselves take 32.</value>
    public int MaxBodyBytes { get; init; } = 64 * 1024 * 1024;

    /// <value>How many requests are served at once; more are refused with status 503. The default is 1 000.</value>
    public int MaxRequests { get; init; } = 1_000;

    /// <value>How long a request waits for a model's summary before level 0 compacts. The default is 5 seconds.</value>
    public TimeSpan SummaryWait { get; init; } = TimeSpan.FromSeconds(5);

    /// <value>How long an upstream may be silent, reasoning included. The default is 15 minutes.</value>
    public TimeSpan UpstreamSilence { get; init; } = TimeSpan.FromMinutes(15);

    /// <value>How long requests that are under way may go on when the gateway is stopped. The default is 5 minutes.</value>
    public TimeSpan Drain { get; init; } = TimeSpan.FromMinutes(5);

    /// <value>Told in a sentence of what an operator should know; never holds text of a conversation or a key. Null: nobody.</value>
    public Action<string>? OnNotice { get; init; }

    /// <exception cref="ArgumentException">Something makes no sense: the message names it and the way out.</exception>
    internal GatewayOptions Checked()
    {
        if (Urls.Count == 0)
            throw new ArgumentException("No address to listen on; give one such as http://127.0.0.1:4141.");
        foreach (var url in Urls)
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
                throw new ArgumentException($"'{url}' is no address to listen on; give one such as http://127.0.0.1:4141.");
            if (!parsed.IsLoopback && string.IsNullOrEmpty(Key))
            {
                throw new ArgumentException(
                    $"{url} can be reached from other machines, and no key is set. Set STRATA_GATEWAY_KEY, or listen on 127.0.0.1.");
            }
        }

        if (MaxBodyBytes < 1 || MaxRequests < 1)
            throw new ArgumentException("The limits on body bytes and requests are 1 or more.");
        if (SummaryWait < TimeSpan.Zero || UpstreamSilence <= TimeSpan.Zero || Drain < TimeSpan.Zero)
            throw new ArgumentException("A time is negative; give the times of the gateway as zero or more.");
        return this;
    }
}
