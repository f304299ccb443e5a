using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Strata.Gateway.Access;
using Strata.Gateway.Wire;
using Yarp.ReverseProxy.Forwarder;

namespace Strata.Gateway.Pipeline;

/// <summary>Serves one request: what fits goes on as it came, what does not is shortened first.</summary>
internal sealed class RequestHandler(
    GatewayOptions options, AccessGuard guard, ContextPool contexts, Upstreams upstreams, IHttpForwarder forwarder)
{
    private readonly ForwarderRequestConfig _forwarding = new() { ActivityTimeout = options.UpstreamSilence };
    private int _atWork;

    public async Task HandleAsync(HttpContext http)
    {
        var request = http.Request;
        var api = WireApi.Of(request.Method, request.Path.Value ?? "/", request.Headers.ContainsKey("anthropic-version"));
        var atWork = Interlocked.Increment(ref _atWork);
        try
        {
            if (guard.Refuse(request) is var (status, why))
                await ErrorAnswer.WriteAsync(http, api, status, why).ConfigureAwait(false);
            else if (request.Path.Value is "/" or "")
                http.Response.StatusCode = StatusCodes.Status200OK;
            else if (request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase))
                await RefuseUpgradeAsync(http, api).ConfigureAwait(false);
            else if (atWork > options.MaxRequests)
                await RefuseBusyAsync(http, api).ConfigureAwait(false);
            else
                await ServeAsync(http, api).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (BadHttpRequestException e)
        {
            await ErrorAnswer.WriteAsync(http, api, e.StatusCode, e.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? FormattableString.Invariant($"The body is longer than the {options.MaxBodyBytes} bytes that this gateway takes.")
                : e.Message).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _atWork);
        }
    }

    private async Task ServeAsync(HttpContext http, WireApi api)
    {
        if (api.Format is null || http.Request.Headers.ContentEncoding.ToString() is not ("" or "identity"))
        {
            await ForwardAsync(http, api, exchange: null).ConfigureAwait(false);
            return;
        }

        var (rented, length) = await RequestBytes.ReadAsync(http.Request, options.MaxBodyBytes, http.RequestAborted).ConfigureAwait(false);
        try
        {
            await ServeAsync(http, api, rented.AsMemory(0, length)).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private async Task ServeAsync(HttpContext http, WireApi api, ReadOnlyMemory<byte> bytes)
    {
        WireBody body;
        try
        {
            body = WireBody.Read(bytes);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            await ErrorAnswer.WriteAsync(http, api, StatusCodes.Status400BadRequest, $"The body cannot be read as JSON: {e.Message}")
                .ConfigureAwait(false);
            return;
        }

        var isWhole = !WireApi.IsHistoryElsewhere(body);
        var exchange = new Exchange(
            api, body, contexts.Of(body.NumCtx), SessionHeaders.Of(http.Request.Headers, body),
            body.NumCtx ?? options.Compaction.Window, mayShorten: isWhole && options.Mode == GatewayMode.Transparent);
        if (isWhole && !exchange.FitsByBytes() && !await PrepareAsync(http, exchange).ConfigureAwait(false))
            return;
        await ForwardAsync(http, api, exchange).ConfigureAwait(false);
    }

    /// <returns>False: the client was answered.</returns>
    private async ValueTask<bool> PrepareAsync(HttpContext http, Exchange exchange)
    {
        try
        {
            if (options.Mode == GatewayMode.Transparent)
            {
                await exchange.PrepareAsync(http.RequestAborted).ConfigureAwait(false);
                return true;
            }

            await exchange.CountAsync(http.RequestAborted).ConfigureAwait(false);
            if (options.Mode != GatewayMode.Native || exchange.Api.IsCount
                || exchange.State is not { } state || state.Tokens <= state.Window)
                return true;
            StrataHeaders.Write(http.Response.Headers, exchange);
            await ErrorAnswer.WriteAsync(
                http, exchange.Api, StatusCodes.Status400BadRequest, exchange.Api.Errors.TooLong(state.Tokens, state.Window),
                isTooLong: true).ConfigureAwait(false);
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            // The vendor takes it or says why not; what went wrong here must not cost the client its turn.
            options.OnNotice?.Invoke($"A request was sent as it came, for it could not be shortened: {e.Message}");
            return true;
        }
    }

    private async Task ForwardAsync(HttpContext http, WireApi api, Exchange? exchange)
    {
        var upstream = upstreams.Of(api.Upstream);
        while (true)
        {
            if (exchange is not null)
            {
                http.Request.Body = RequestBytes.ToStream(exchange.Outgoing);
                http.Request.ContentLength = exchange.Outgoing.Length;
                http.Request.Headers.Remove("Transfer-Encoding");
            }

            var transformer = new UpstreamTransformer(upstreams, upstream, exchange);
            var error = await forwarder.SendAsync(
                http, upstream.Url.AbsoluteUri, upstreams.Connections, _forwarding, transformer, http.RequestAborted).ConfigureAwait(false);
            if (transformer.IsToBeRetried)
            {
                // The forwarder wrote the refusal's status into it, which nobody has seen.
                http.Response.Clear();
                continue;
            }

            if (exchange is { Api.IsCount: false })
                await exchange.ReportAsync(transformer.Usage).ConfigureAwait(false);
            if (error != ForwarderError.None && !http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
            {
                await ErrorAnswer.WriteAsync(http, api, ErrorAnswer.StatusOf(error), ErrorAnswer.Describe(error, upstream))
                    .ConfigureAwait(false);
            }

            return;
        }
    }

    // Codex falls back to HTTP at once; another status costs it seconds of further tries.
    private static Task RefuseUpgradeAsync(HttpContext http, WireApi api)
    {
        http.Response.Headers.Upgrade = "HTTP/1.1";
        return ErrorAnswer.WriteAsync(
            http, api, StatusCodes.Status426UpgradeRequired, "The gateway speaks HTTP, not WebSocket: send the request by POST.");
    }

    private static Task RefuseBusyAsync(HttpContext http, WireApi api)
    {
        http.Response.Headers.RetryAfter = "1";
        return ErrorAnswer.WriteAsync(
            http, api, StatusCodes.Status503ServiceUnavailable, "The gateway serves as many requests as it may. Try again in a second.");
    }
}
