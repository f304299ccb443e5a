using System.Text.Json;
using Anthropic.Exceptions;
using Strata.Calls;

namespace Strata.Providers.Faults;

/// <summary>Puts a fault into words for people: who, what, and what to do; never a key, never what was sent.</summary>
internal static class FaultWords
{
    public static ModelCallException Of(Exception exception, ProviderEndpoint endpoint, string model, IEnumerable<string> sent)
    {
        var fault = Find(exception);
        var said = fault.Said is null ? "" : Scrubber.Clean(fault.Said, endpoint.Key, sent);

        // What to do comes before what the server says: receipts cut long messages at their end.
        var message = $"{endpoint.Place} "
            + $"{fault.Message}{(fault.Message.EndsWith('?') ? "" : ".")}{Advice(fault.Fault, endpoint, model)}"
            + $"{(said.Length > 0 ? $" It says: {said}" : "")}";
        return new(fault.Fault, message, fault.RetryAfter, fault.InnerException);
    }

    private static string Advice(CallFault fault, ProviderEndpoint endpoint, string model) => fault switch
    {
        CallFault.ModelMissing when endpoint.Provider.Protocol == Protocol.Ollama => $" Run: ollama pull {model}.",
        CallFault.ModelMissing => $" Asked for was '{model}'.",
        CallFault.Unauthorized => $" The key is read from {endpoint.Provider.KeyVariable}.",
        CallFault.Unreachable => $" Where no address was given, it is read from {endpoint.Provider.UrlVariable}.",
        _ => "",
    };

    /// <summary>The SDKs wrap what is thrown below them, so the cause may lie deeper.</summary>
    private static ServerFaultException Find(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is ServerFaultException known)
                return known;
        }

        for (var e = exception; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case OperationCanceledException or TimeoutException:
                    return new(CallFault.Timeout, "did not answer in time");
                case AnthropicSseException sse:
                    return OfStream(sse);
                case HttpRequestException request:
                    return ConnectionFault.Of(request);
                case IOException:
                    return ConnectionFault.Broken(e);
                case JsonException json:
                    return NoAnswerOfApi(json);
                case AnthropicInvalidDataException:
                    return NoAnswerOfApi();
            }
        }

        return exception is AnthropicException
            ? NoAnswerOfApi()
            : new(CallFault.Other, $"could not be asked ({exception.GetType().Name})");
    }

    /// <remarks>An SDK's exceptions are left behind: they quote what was received.</remarks>
    public static ServerFaultException NoAnswerOfApi(JsonException? cause = null) =>
        new(CallFault.ServerError, "sent what is no complete answer of its API", inner: cause);

    /// <summary>A stream that ended, in good order as it seems, before the answer did.</summary>
    public static ServerFaultException EndMissing() =>
        ConnectionFault.Broken(new EndOfStreamException("The stream ended before the answer did."));

    /// <summary>An error in the middle of a stream has no status of its own; its kind stands for one.</summary>
    private static ServerFaultException OfStream(AnthropicSseException sse) => sse.Message switch
    {
        var said when said.Contains("rate_limit_error", StringComparison.Ordinal) => FaultKinds.Of(429, ServerError.Nothing, null),
        var said when said.Contains("authentication_error", StringComparison.Ordinal) => FaultKinds.Of(401, ServerError.Nothing, null),
        var said when said.Contains("invalid_request_error", StringComparison.Ordinal) => FaultKinds.Of(400, ServerError.Nothing, null),
        _ => FaultKinds.Of(529, ServerError.Nothing, null),
    };
}
