using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace Strata.Providers.Claude;

internal static class ClaudeClients
{
    /// <summary>Tokens of the answer when no limit is given; the API wants one always.</summary>
    private const int UsualOutput = 4096;

    public static IChatClient Create(ProviderEndpoint endpoint, string model, HttpClient http)
    {
        var client = new AnthropicClient(new ClientOptions
        {
            HttpClient = http,
            BaseUrl = endpoint.Url.ToString().TrimEnd('/'),
            ApiKey = endpoint.Key,

            // Otherwise the SDK reads a second credential from the environment and sends both.
            AuthToken = null,

            // The caller of models retries; two policies in a row would multiply.
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
        });
        return new ClaudeChatClient(client.AsIChatClient(model, UsualOutput));
    }
}
