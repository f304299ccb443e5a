using System.Text.Json.Nodes;

namespace Strata.Gateway.Wire;

/// <summary>Errors of the gateway itself in the shape of a vendor. What an upstream says is passed on as it is.</summary>
/// <param name="Body">The body for a status and a message.</param>
/// <param name="TooLong">What the vendor says of a request that is too long, from its tokens and the window.</param>
internal sealed record WireErrors(Func<int, string, bool, JsonObject> Body, Func<long, long, string> TooLong)
{
    public static readonly WireErrors Anthropic = new(
        static (status, message, _) => new JsonObject
        {
            ["type"] = "error",
            ["error"] = new JsonObject { ["type"] = AnthropicType(status), ["message"] = message },
        },
        static (tokens, window) => FormattableString.Invariant($"prompt is too long: {tokens} tokens > {window} maximum"));

    public static readonly WireErrors OpenAI = new(
        static (status, message, isTooLong) => new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["message"] = message,
                ["type"] = status == 401 ? "authentication_error" : status < 500 ? "invalid_request_error" : "server_error",
                ["param"] = null,
                ["code"] = isTooLong ? "context_length_exceeded" : status == 401 ? "invalid_api_key" : null,
            },
        },
        static (tokens, window) => FormattableString.Invariant(
            $"This model's maximum context length is {window} tokens. However, your messages resulted in {tokens} tokens."));

    public static readonly WireErrors Ollama = new(
        static (_, message, _) => new JsonObject { ["error"] = message },
        static (tokens, window) => FormattableString.Invariant($"prompt is too long: {tokens} tokens > {window} maximum"));

    public static readonly WireErrors Gemini = new(
        static (status, message, _) => new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = message } },
        static (tokens, window) => FormattableString.Invariant(
            $"The input token count ({tokens}) exceeds the maximum number of tokens allowed ({window})"));

    private static string AnthropicType(int status) => status switch
    {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        413 => "request_too_large",
        503 => "overloaded_error",
        504 => "timeout_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    };
}
