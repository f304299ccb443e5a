using Microsoft.AspNetCore.Http;
using Strata.Gateway.Wire;
using Yarp.ReverseProxy.Forwarder;

namespace Strata.Gateway.Pipeline;

/// <summary>Answers in the place of an upstream that was not asked or did not answer.</summary>
internal static class ErrorAnswer
{
    public static async Task WriteAsync(HttpContext http, WireApi api, int status, string message, bool isTooLong = false)
    {
        if (http.Response.HasStarted)
            return;
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(api.Errors.Body(status, message, isTooLong).ToJsonString(), http.RequestAborted)
            .ConfigureAwait(false);
    }

    public static int StatusOf(ForwarderError error) => error switch
    {
        ForwarderError.RequestTimedOut => StatusCodes.Status504GatewayTimeout,
        ForwarderError.RequestBodyClient => StatusCodes.Status400BadRequest,
        _ => StatusCodes.Status502BadGateway,
    };

    public static string Describe(ForwarderError error, GatewayUpstream upstream) => error switch
    {
        ForwarderError.RequestTimedOut => $"The upstream {upstream} did not answer in time.",
        ForwarderError.RequestBodyClient => "The body of the request ended early.",
        _ => $"The upstream {upstream} cannot be reached or broke off.",
    };
}
