using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Polly.Timeout;

namespace Strata.Calls;

/// <summary>Which fault a failure is.</summary>
public static partial class CallFaults
{
    private const int MostInner = 8;

    /// <summary>The fault behind an HTTP status.</summary>
    /// <param name="status">A status that is no success, or 200 with a body that makes no sense.</param>
    /// <param name="body">What the server said, to tell an input that is too long from other bad requests; null when nothing is
    /// known.</param>
    public static CallFault FromStatus(int status, string? body = null) => status switch
    {
        401 or 402 or 403 or 407 => CallFault.Unauthorized,
        404 => CallFault.ModelMissing,
        408 => CallFault.Timeout,
        413 => CallFault.TooLong,
        425 or 429 => CallFault.RateLimited,
        >= 400 and < 500 => body is not null && SaysTooLong().IsMatch(body) ? CallFault.TooLong : CallFault.BadRequest,
        _ => CallFault.ServerError,
    };

    /// <summary>Whether asking the same model again can help.</summary>
    internal static bool IsTransient(this CallFault fault) =>
        fault is CallFault.Timeout or CallFault.RateLimited or CallFault.ServerError or CallFault.Unreachable;

    /// <summary>Whether nothing was sent.</summary>
    internal static bool IsSkip(this CallFault fault) => fault is CallFault.BreakerOpen or CallFault.SpendCapReached;

    /// <summary>The fault behind an exception: the first in the chain of inner ones that tells.</summary>
    internal static ClientFailure Of(Exception exception)
    {
        var inner = exception;
        for (var depth = 0; inner is not null && depth < MostInner; depth++, inner = inner.InnerException)
        {
            if (Known(inner) is { } failure)
                return failure;
        }

        return new ClientFailure(CallFault.Other, $"{exception.GetType().Name}: {exception.Message}");
    }

    private static ClientFailure? Known(Exception exception) => exception switch
    {
        // That nothing was sent, or that the caller gave up, is not for a client to say.
        ModelCallException { Fault: CallFault.BreakerOpen or CallFault.SpendCapReached or CallFault.Cancelled } call =>
            new(CallFault.Other, call.Message),
        ModelCallException call =>
            new(call.Fault, call.Message, call.RetryAfter,
                call.Fault is CallFault.Timeout || call.InnerException is IOException or JsonException),
        HttpRequestException { StatusCode: { } status } http => new(FromStatus((int)status, http.Message), http.Message),
        HttpRequestException http => Connection(http),
        SocketException socket => new(CallFault.Unreachable, socket.Message),
        TimeoutRejectedException or TimeoutException => new(CallFault.Timeout, exception.Message, MayCost: true),
        // No one asked for it, so the client gave up waiting: that is how HttpClient reports its own timeout.
        OperationCanceledException => new(CallFault.Timeout, "the client gave up waiting", MayCost: true),
        JsonException json => new(CallFault.ServerError, $"the answer is no valid JSON: {json.Message}", MayCost: true),
        IOException { InnerException: not SocketException } io =>
            new(CallFault.ServerError, $"the answer broke off: {io.Message}", MayCost: true),
        _ => null,
    };

    private static ClientFailure? Connection(HttpRequestException http) => http.HttpRequestError switch
    {
        HttpRequestError.UserAuthenticationError => new(CallFault.Unauthorized, http.Message),
        HttpRequestError.ResponseEnded or HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError
            => new(CallFault.ServerError, http.Message, MayCost: true),
        HttpRequestError.ConfigurationLimitExceeded => new(CallFault.ServerError, http.Message),
        HttpRequestError.Unknown when http.InnerException is not null and not SocketException && Known(http.InnerException) is { } inner =>
            inner,
        _ => new(CallFault.Unreachable, http.Message),
    };

    [GeneratedRegex(
        @"context[ _-]?(?:length|window|size)|maximum context|prompt is too long|input is too long|too many (?:input )?tokens"
            + @"|exceeds? the (?:model's )?(?:maximum|context|available context)|max_prompt_tokens",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex SaysTooLong();
}

/// <summary>
/// What a client's exception says. What may cost broke off while the model was at work, so the provider may bill it all the same.
/// </summary>
internal readonly record struct ClientFailure(CallFault Fault, string Reason, TimeSpan? RetryAfter = null, bool MayCost = false);
