using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Strata.Archives;
using Strata.Gateway.Access;
using Strata.Gateway.Pipeline;
using Strata.Summaries;
using Yarp.ReverseProxy.Forwarder;

namespace Strata.Gateway;

/// <summary>
/// A proxy between agents and their model vendors that keeps every request inside the window. It serves from <see cref="StartAsync"/> on.
/// </summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ContextPool _contexts;
    private readonly Upstreams _upstreams;

    private GatewayServer(WebApplication app, ContextPool contexts, Upstreams upstreams) =>
        (_app, _contexts, _upstreams) = (app, contexts, upstreams);

    /// <summary>The addresses that it listens on, with the port that was taken for 0.</summary>
    public IReadOnlyCollection<string> Urls => [.. _app.Urls];

    /// <summary>Starts a gateway.</summary>
    /// <param name="options">Null: the defaults.</param>
    /// <param name="archive">Where originals are kept before they leave a request; stays open. Null: nowhere.</param>
    /// <param name="summarizer">Writes summaries; null: level 0, without a model.</param>
    /// <param name="time">Null: the system's clock.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="ArgumentException">The options make no sense: the message names the place and the way out.</exception>
    /// <exception cref="IOException">An address is taken.</exception>
    public static async Task<GatewayServer> StartAsync(
        GatewayOptions? options = null, IArchive? archive = null, ISummarizer? summarizer = null, TimeProvider? time = null,
        CancellationToken cancellationToken = default)
    {
        options = (options ?? new GatewayOptions()).Checked();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls([.. options.Urls]).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes;
        });
        builder.Services.AddHttpForwarder();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Drain);
        var app = builder.Build();
        var guard = new AccessGuard(options.Key);
        var contexts = new ContextPool(options, archive, summarizer, time ?? TimeProvider.System);
        var upstreams = new Upstreams(options, guard);
        var server = new GatewayServer(app, contexts, upstreams);
        try
        {
            var handler = new RequestHandler(options, guard, contexts, upstreams, app.Services.GetRequiredService<IHttpForwarder>());
            app.Run(http =>
                http.Request.Path.Value is "/healthz" or "/readyz" ? server.AnswerHealthAsync(http) : handler.HandleAsync(http));
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Takes no further connections and lets the requests that are under way come to their end.</summary>
    /// <param name="cancellationToken">Ends the waiting: what is still under way is cut off.</param>
    public Task StopAsync(CancellationToken cancellationToken = default) => _app.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _contexts.Dispose();
        _upstreams.Dispose();
    }

    // A stopping gateway is healthy, but nothing new should be sent to it.
    private Task AnswerHealthAsync(HttpContext http)
    {
        var isStopping = http.Request.Path.Value == "/readyz" && _app.Lifetime.ApplicationStopping.IsCancellationRequested;
        http.Response.StatusCode = isStopping ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return http.Response.WriteAsync(isStopping ? "stopping\n" : "ok\n", http.RequestAborted);
    }
}
