using System.Net.Sockets;
using Strata.Calls;

namespace Strata.Providers.Faults;

internal static class ConnectionFault
{
    public static ServerFaultException Of(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => Unreachable("cannot be found: the host has no address. Is its name right?", e),
        HttpRequestError.SecureConnectionError => Unreachable("offers no secure connection. Is it http instead of https, or a certificate that is not trusted?", e),
        HttpRequestError.ProxyTunnelError => Unreachable("is not reached through the proxy. Is HTTPS_PROXY right?", e),
        HttpRequestError.ConnectionError => Unreachable(
            e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused }
                ? "refuses the connection. Does the server run there, on this port?"
                : "cannot be reached. Are host, port and network right?",
            e),
        _ => Broken(e),
    };

    public static ServerFaultException Broken(Exception e) => new(CallFault.ServerError, "broke off the connection before the answer was complete", inner: e);

    private static ServerFaultException Unreachable(string words, Exception e) => new(CallFault.Unreachable, words, inner: e);
}
