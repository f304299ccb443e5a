using System.Text.Json;
using Strata.Formats;

namespace Strata.Gateway.Wire;

/// <summary>An API whose requests the gateway reads.</summary>
/// <param name="Upstream">The name of the upstream that it is sent to.</param>
/// <param name="Format">Reads and writes the bodies; null: they are passed on unread.</param>
/// <param name="Errors">Writes a refusal as the vendor would.</param>
/// <param name="IsCount">Whether it only counts tokens.</param>
internal sealed record WireApi(string Upstream, ISessionFormat? Format, WireErrors Errors, bool IsCount = false)
{
    private const string Anthropic = "anthropic", OpenAI = "openai", Ollama = "ollama";

    private static readonly WireApi Messages = new(Anthropic, SessionFormats.Find("anthropic"), WireErrors.Anthropic);
    private static readonly WireApi CountTokens = Messages with { IsCount = true };
    private static readonly WireApi Chat = new(OpenAI, SessionFormats.Find("openai-chat"), WireErrors.OpenAI);
    private static readonly WireApi Responses = new(OpenAI, SessionFormats.Find("openai-responses"), WireErrors.OpenAI);
    private static readonly WireApi OllamaChat = new(Ollama, SessionFormats.Find("ollama"), WireErrors.Ollama);

    /// <summary>The API that a request belongs to. What the gateway does not read has no format.</summary>
    /// <param name="method">Of the request.</param>
    /// <param name="path">Of the request.</param>
    /// <param name="isAnthropic">Whether it has the header that all clients of Anthropic send.</param>
    public static WireApi Of(string method, string path, bool isAnthropic)
    {
        path = path.TrimEnd('/');
        if (string.Equals(method, "POST", StringComparison.Ordinal))
        {
            switch (path)
            {
                case "/v1/messages":
                    return Messages;
                case "/v1/messages/count_tokens":
                    return CountTokens;
                case "/v1/chat/completions":
                    return isAnthropic ? Unread(Messages) : Chat;
                case "/v1/responses":
                    return Responses;
                case "/api/chat":
                    return OllamaChat;
            }
        }

        if (path.StartsWith("/v1beta/", StringComparison.Ordinal))
            return new WireApi("gemini", Format: null, WireErrors.Gemini);
        if (path.StartsWith("/api/", StringComparison.Ordinal) && path != "/api/hello")
            return Unread(OllamaChat);
        return isAnthropic || path == "/api/hello" || path.StartsWith("/v1/messages", StringComparison.Ordinal)
            ? Unread(Messages) : Unread(Chat);
    }

    /// <summary>Whether the history of a request is somewhere else: then what stands in the body is not the whole conversation.</summary>
    public static bool IsHistoryElsewhere(WireBody body) =>
        body.Has("previous_response_id") || body.Has("conversation") || body.Has("thread") || body.Has("compaction")
            || body.Kind("messages") is not (JsonValueKind.Array or JsonValueKind.Undefined);

    private static WireApi Unread(WireApi api) => api with { Format = null };
}
