using System.Globalization;
using System.Net;
using Strata.Calls;

namespace Strata.Providers.Faults;

/// <summary>From what a server answered to the kind of fault.</summary>
internal static class FaultKinds
{
    /// <summary>How servers say that the input exceeds the window. Seen at OpenAI, vLLM, LM Studio; Anthropic; llama.cpp; Ollama.</summary>
    private static readonly string[] TooLong =
    [
        "context length", "context_length", "maximum context", "context window", "prompt is too long", "context size", "exceed_context",
        "input length", "too many tokens", "request_too_large", "max_tokens must be at least 1, got -",
    ];

    private static readonly string[] Missing =
        ["model_not_found", "model not found", "not a valid model", "no endpoints found", "invalid model", "does not exist", "not_found_error", "notfounderror"];

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
            _ when status is >= 300 and < 400 => "redirects to another address; set that as the base URL",
            _ when status == (int)HttpStatusCode.NotFound => "has no such endpoint; is the base URL complete (most end in /v1)?",
            _ => "does not accept the request",
        };
        return new(fault, string.Create(CultureInfo.InvariantCulture, $"{words} (status {status})"), error.Said, retryAfter);
    }

    private static CallFault FaultOf(int status, ServerError error) => status switch
    {
        402 => CallFault.Unauthorized,
        429 => HasNoCredit(status, error) ? CallFault.Unauthorized : CallFault.RateLimited,
        401 or 403 => CallFault.Unauthorized,
        413 => CallFault.TooLong,
        >= 500 when Has(error, TooLong) => CallFault.TooLong,
        408 or 425 or >= 500 => CallFault.ServerError,
        404 => IsOfModel(error) ? CallFault.ModelMissing : CallFault.BadRequest,
        400 or 422 when Has(error, TooLong) => CallFault.TooLong,
        400 or 422 when Has(error, Missing) && IsOfModel(error) => CallFault.ModelMissing,
        _ => CallFault.BadRequest,
    };

    /// <summary>A 404 may be of the model or of the address.</summary>
    private static bool IsOfModel(ServerError error) => Has(error, "model") || Has(error, Missing);

    private static bool HasNoCredit(int status, ServerError error) => status == 402 || Has(error, "insufficient_quota");

    private static bool Has(ServerError error, params ReadOnlySpan<string> signs)
    {
        foreach (var sign in signs)
        {
            if (error.Code.Contains(sign, StringComparison.Ordinal) || error.Said?.Contains(sign, StringComparison.OrdinalIgnoreCase) is true)
                return true;
        }

        return false;
    }
}
