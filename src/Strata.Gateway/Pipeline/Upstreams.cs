using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Strata.Gateway.Access;

namespace Strata.Gateway.Pipeline;

/// <summary>The upstreams by name, the connections to them, and which headers they may see.</summary>
internal sealed class Upstreams : IDisposable
{
    private readonly Dictionary<string, GatewayUpstream> _byName;
    private readonly AccessGuard _guard;

    public Upstreams(GatewayOptions options, AccessGuard guard)
    {
        _guard = guard;
        _byName = GatewayUpstream.Names.ToDictionary(
            static name => name.Key, static name => new GatewayUpstream(name.Key, name.Value), StringComparer.Ordinal);
        foreach (var upstream in options.Upstreams)
            _byName[upstream.Name] = upstream;
        Connections = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,

            // Else a traceparent of ours would reach the vendor.
            ActivityHeadersPropagator = null,
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ResponseDrainTimeout = TimeSpan.FromSeconds(5),
        });
    }

    /// <summary>Honours the proxies of the environment.</summary>
    public HttpMessageInvoker Connections { get; }

    public GatewayUpstream Of(string name) => _byName[name];

    /// <summary>Takes out what is ours, and puts the upstream's own key in the place of the client's.</summary>
    public void Clean(HttpContext context, HttpRequestMessage request, GatewayUpstream upstream)
    {
        foreach (var (name, values) in context.Request.Headers)
        {
            if (IsOurs(name) || values.Any(value => _guard.ShowsKey(name, value ?? ""))
                || (upstream.Key is not null && IsCredential(name)))
                request.Headers.Remove(name);
        }

        if (upstream.Key is not { } key)
            return;
        if (upstream.Name is "anthropic")
            request.Headers.TryAddWithoutValidation("x-api-key", key);
        else if (upstream.Name is "gemini")
            request.Headers.TryAddWithoutValidation("x-goog-api-key", key);
        else
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public void Dispose() => Connections.Dispose();

    /// <summary>Whether a header is the gateway's own: from a client or an upstream it means nothing.</summary>
    public static bool IsOurs(string header) => header.StartsWith("x-strata-", StringComparison.OrdinalIgnoreCase);

    private static bool IsCredential(string header) =>
        header.ToUpperInvariant() is "AUTHORIZATION" or "X-API-KEY" or "X-GOOG-API-KEY" or "API-KEY";
}
