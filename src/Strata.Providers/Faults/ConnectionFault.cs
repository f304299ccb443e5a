using System.Net.Sockets;
using Strata.Calls;

namespace Strata.Providers.Faults;

internal static class ConnectionFault
{
    public static ServerFaultException Of(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => Unreachable("cannot be found: the host has no address. Is its name right?", e),
        HttpRequestError.SecureConnectionError =>
            Unreachable("offers no secure connection. Is it http instead of https, or a certificate that is not trusted?", e),
        HttpRequestError.ProxyTunnelError => Unreachable("is not reached through the proxy. Is HTTPS_PROXY right?", e),
        HttpRequestError.ConnectionError => Unreachable(
            e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                ? "refuses the connection. Does the server run there, on this port?"
                : "cannot be reached. Are host, port and network right?",
            e),
        _ => Broken(e),
    };

    /// <summary>The model was at work, so the provider may bill the call all the same: the cause says so to who counts.</summary>
    public static ServerFaultException Broken(Exception e) =>
        new(CallFault.ServerError, "broke off before the answer was complete",
            inner: e as IOException ?? e.InnerException as IOException ?? e);

    private static ServerFaultException Unreachable(string words, Exception e) => new(CallFault.Unreachable, words, inner: e);
}
