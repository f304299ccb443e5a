using System.Globalization;
using System.Net;
using Strata.Calls;

namespace Strata.Providers.Faults;

/// <summary>From what a server answered to the kind of fault.</summary>
internal static class FaultKinds
{
    /// <summary>
    /// How servers say that the input exceeds the window, where it is not clear without knowing them: llama.cpp; Anthropic and Ollama; vLLM
    /// of old.
    /// </summary>
    private static readonly string[] TooLong = ["exceed_context", "input length", "max_tokens must be at least 1, got -"];

    private static readonly string[] Missing =
        ["model_not_found", "model not found", "not a valid model", "no endpoints found", "invalid model", "does not exist",
            "not_found_error", "notfounderror"];

    public static ServerFaultException Of(int status, ServerError error, TimeSpan? retryAfter)
    {
        var fault = FaultOf(status, error);
        var words = fault switch
        {
            CallFault.RateLimited => "asks to slow down",
            CallFault.Unauthorized when HasNoCredit(status, error) => "refuses: the account has no credit left",
            CallFault.Unauthorized => "does not accept the key",
            CallFault.ModelMissing => "does not have the model",
            CallFault.TooLong => "finds the input larger than the model's window",
            CallFault.ServerError => "failed",
            CallFault.Timeout => "gave up waiting",
            _ when status is >= 300 and < 400 => "redirects to another address; set that as the base URL",
            _ when status == (int)HttpStatusCode.NotFound => "has no such endpoint; is the base URL complete (most end in /v1)?",
            _ => "does not accept the request",
        };
        return new(fault, string.Create(CultureInfo.InvariantCulture, $"{words} (status {status})"), error.Said, retryAfter);
    }

    private static CallFault FaultOf(int status, ServerError error) => status switch
    {
        429 when HasNoCredit(status, error) => CallFault.Unauthorized,
        404 => IsOfModel(error) ? CallFault.ModelMissing : CallFault.BadRequest,
        400 or 422 or >= 500 when SaysTooLong(error) => CallFault.TooLong,
        400 or 422 when Has(error, Missing) && IsOfModel(error) => CallFault.ModelMissing,
        < 400 => CallFault.BadRequest,
        _ => CallFaults.FromStatus(status),
    };

    /// <summary>Some servers call it a fault of their own, but asking again will not help.</summary>
    private static bool SaysTooLong(ServerError error) =>
        Has(error, TooLong) || CallFaults.FromStatus(400, $"{error.Code} {error.Said}") == CallFault.TooLong;

    /// <summary>A 404 may be of the model or of the address.</summary>
    private static bool IsOfModel(ServerError error) => Has(error, "model") || Has(error, Missing);

    private static bool HasNoCredit(int status, ServerError error) => status == 402 || Has(error, "insufficient_quota");

    private static bool Has(ServerError error, params ReadOnlySpan<string> signs)
    {
        foreach (var sign in signs)
        {
            if (error.Code.Contains(sign, StringComparison.Ordinal)
                || error.Said?.Contains(sign, StringComparison.OrdinalIgnoreCase) is true)
                return true;
        }

        return false;
    }
}
