using Anthropic;
using Anthropic.Core;
using Microsoft.Extensions.AI;

namespace Strata.Providers.Claude;

internal static class ClaudeClients
{
    public static IChatClient Create(ProviderEndpoint endpoint, string model, HttpClient http)
    {
        var client = new AnthropicClient(new ClientOptions
        {
            HttpClient = http,
            BaseUrl = endpoint.Url.ToString().TrimEnd('/'),

            // The key goes out with the HTTP client, in the header that servers of this API document. The SDK would send it as a bearer
            // token, and where it is given no credential at all it looks for one in the environment and in profiles. Null says that there
            // is none to look for.
            ApiKey = null,

            // The caller of models retries; two policies in a row would multiply.
            MaxRetries = 0,
            Timeout = Timeout.InfiniteTimeSpan,
        });
        return new ClaudeChatClient(client.AsIChatClient(model, ClaudeOptions.UsualOutput), model);
    }
}
