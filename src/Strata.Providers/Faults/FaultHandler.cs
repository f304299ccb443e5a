using Strata.Calls;

namespace Strata.Providers.Faults;

/// <summary>Below all SDKs: turns what goes wrong on the wire into one exception, before each SDK does it in its own way.</summary>
internal sealed class FaultHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>More of an error page tells nobody anything.</summary>
    private const int MostErrorBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await ConnectAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (!response.IsSuccessStatusCode)
            {
                var body = await ErrorBodyAsync(response, cancellationToken).ConfigureAwait(false);
                throw FaultKinds.Of((int)response.StatusCode, ServerError.Parse(body), WaitHeaders.Read(response.Headers, time));
            }

            if (response.Content.Headers.ContentType?.MediaType is { } type && !MayBeAnswer(type))
                throw new ServerFaultException(
                    CallFault.ServerError, $"answered {type}, which no model writes; is the base URL that of the API?");
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <remarks>The base class would dispose a handler that its owner goes on using.</remarks>
    protected override void Dispose(bool disposing)
    {
    }

    private async Task<HttpResponseMessage> ConnectAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw ConnectionFault.Of(e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServerFaultException(CallFault.Unreachable,
                "does not answer connections; is the host right, and does a firewall let the port through?", inner: e);
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ErrorBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostErrorBytes];
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                    .ConfigureAwait(false);
                return buffer.AsMemory(0, read);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The status is known; its explanation was cut off.
            return default;
        }
    }

    private static bool MayBeAnswer(string type) =>
        type.Contains("json", StringComparison.OrdinalIgnoreCase)
        || type.ToLowerInvariant() is "text/event-stream" or "text/plain" or "application/octet-stream";
}
