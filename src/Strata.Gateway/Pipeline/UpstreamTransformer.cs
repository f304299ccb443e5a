using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Strata.Conversations;
using Strata.Gateway.Wire;
using Yarp.ReverseProxy.Forwarder;

namespace Strata.Gateway.Pipeline;

/// <summary>One try of a request: what the upstream is sent, and what of its answer is looked at before the client sees it.</summary>
/// <param name="upstreams">Cleans the headers.</param>
/// <param name="upstream">Where it goes.</param>
/// <param name="exchange">The request that was read; null: it passes unread.</param>
internal sealed class UpstreamTransformer(Upstreams upstreams, GatewayUpstream upstream, Exchange? exchange) : HttpTransformer
{
    private const string DropBeta = "thinking-binding-controls-2026-08-01";
    private const int LongestError = 64 * 1024;

    // Where a stream says that its request is too long it does so in its first events.
    private const int LongestStart = 16 * 1024;

    private static readonly byte[][] QuietEvents =
        [.. ((string[])["response.created", "response.in_progress", "response.queued"]).Select(Encoding.ASCII.GetBytes)];

    private ReplyReader? _reply;

    /// <summary>The upstream refused what another try can mend. Nothing of that reached the client; the exchange has other bytes.</summary>
    public bool IsToBeRetried { get; private set; }

    public Microsoft.Extensions.AI.UsageDetails? Usage => _reply?.Usage;

    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken).ConfigureAwait(false);
        proxyRequest.RequestUri = RequestUtilities.MakeDestinationAddress(
            upstream.Url.AbsoluteUri.TrimEnd('/'), httpContext.Request.Path, httpContext.Request.QueryString);

        // The client named the gateway.
        proxyRequest.Headers.Host = null;
        upstreams.Clean(httpContext, proxyRequest, upstream);
        if (exchange is null)
            return;

        // What is packed cannot be read as it passes.
        proxyRequest.Headers.Remove("Accept-Encoding");
        if (exchange.DropsThinking && !Values(proxyRequest, "anthropic-beta").Contains(DropBeta, StringComparison.Ordinal))
        {
            var betas = Values(proxyRequest, "anthropic-beta");
            proxyRequest.Headers.Remove("anthropic-beta");
            proxyRequest.Headers.TryAddWithoutValidation("anthropic-beta", betas.Length == 0 ? DropBeta : $"{betas},{DropBeta}");
        }
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is not null && exchange is not null && !await LookAsync(proxyResponse, cancellationToken).ConfigureAwait(false))
            return false;
        var copies = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken).ConfigureAwait(false);
        var headers = httpContext.Response.Headers;
        foreach (var name in headers.Keys.Where(Upstreams.IsOurs).ToList())
            headers.Remove(name);
        if (exchange is not null)
            StrataHeaders.Write(headers, exchange);
        return copies;
    }

    // False: the answer is an overflow or the like, and the exchange has less to send.
    private async ValueTask<bool> LookAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var isStream = response.Content.Headers.ContentType?.MediaType is "text/event-stream";
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var ahead = ReadOnlyMemory<byte>.Empty;
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity)
        {
            ahead = await ReadAheadAsync(stream, LongestError, static _ => false, cancellationToken).ConfigureAwait(false);
            var text = Encoding.UTF8.GetString(ahead.Span);
            IsToBeRetried = await exchange!.TightenAsync(
                    ContextOverflow.Read(text, response.StatusCode == HttpStatusCode.RequestEntityTooLarge), cancellationToken)
                .ConfigureAwait(false)
                || (text.Contains("prefix_mismatch_behavior", StringComparison.Ordinal) && exchange.DropThinking());
        }
        else if (isStream && response.IsSuccessStatusCode && exchange!.MayTighten)
        {
            ahead = await ReadAheadAsync(stream, LongestStart, HasBegun, cancellationToken).ConfigureAwait(false);
            var text = Encoding.UTF8.GetString(ahead.Span);
            IsToBeRetried =
                (text.Contains("response.failed", StringComparison.Ordinal) || text.Contains("event: error", StringComparison.Ordinal))
                && await exchange.TightenAsync(ContextOverflow.Read(text), cancellationToken).ConfigureAwait(false);
        }

        if (IsToBeRetried)
            return false;
        var isLines = isStream || response.Content.Headers.ContentType?.MediaType is "application/x-ndjson";
        _reply = new ReplyReader(isLines);
        var content = new StreamContent(new ObservedStream(ahead, stream, _reply));
        foreach (var (name, values) in response.Content.Headers)
            content.Headers.TryAddWithoutValidation(name, values);
        response.Content = content;
        return true;
    }

    /// <summary>Whether a stream has come to an event after which it is too late for an overflow.</summary>
    private static bool HasBegun(ReadOnlyMemory<byte> bytes)
    {
        var text = bytes.Span;
        while (EndOfEvent(text) is >= 0 and var end)
        {
            var isQuiet = false;
            foreach (var name in QuietEvents)
                isQuiet |= text[..end].IndexOf(name) >= 0;
            if (!isQuiet)
                return true;
            text = text[end..].TrimStart("\r\n"u8);
        }

        return false;
    }

    // Servers end lines with and without a carriage return.
    private static int EndOfEvent(ReadOnlySpan<byte> text) =>
        text.IndexOf("\n\n"u8) is >= 0 and var end ? end : text.IndexOf("\r\n\r\n"u8);

    private static async ValueTask<ReadOnlyMemory<byte>> ReadAheadAsync(
        Stream stream, int most, Func<ReadOnlyMemory<byte>, bool> isEnough, CancellationToken cancellationToken)
    {
        var buffer = new byte[most];
        var filled = 0;
        while (filled < most && !isEnough(buffer.AsMemory(0, filled)))
        {
            var read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            filled += read;
        }

        return buffer.AsMemory(0, filled);
    }

    private static string Values(HttpRequestMessage request, string name) =>
        request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "";
}
