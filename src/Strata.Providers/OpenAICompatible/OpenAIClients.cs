using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;

namespace Strata.Providers.OpenAICompatible;

internal static class OpenAIClients
{
    public static OpenAIChatClient Create(ProviderEndpoint endpoint, string model, HttpClient http)
    {
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.Url,
            Transport = new HttpClientPipelineTransport(http),
            NetworkTimeout = Timeout.InfiniteTimeSpan,

            // The caller of models retries; two policies in a row would multiply.
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        };
        if (endpoint.Key is null)
            options.AddPolicy(new WithoutKey(), PipelinePosition.BeforeTransport);
        return new(new ChatClient(model, new ApiKeyCredential(endpoint.Key ?? "none"), options), model, endpoint.Provider.MaxTokensName);
    }

    /// <summary>The SDK insists on a key; local servers want none.</summary>
    private sealed class WithoutKey : PipelinePolicy
    {
        public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Remove("Authorization");
            ProcessNext(message, pipeline, currentIndex);
        }

        public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
        {
            message.Request.Headers.Remove("Authorization");
            return ProcessNextAsync(message, pipeline, currentIndex);
        }
    }
}
