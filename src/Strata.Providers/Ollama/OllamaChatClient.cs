using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Providers.Faults;
using Strata.Providers.Wire;

namespace Strata.Providers.Ollama;

/// <summary>Ollama's own <c>/api/chat</c>. Its OpenAI-compatible endpoint would not do: that takes no <c>num_ctx</c>.</summary>
internal sealed class OllamaChatClient(HttpClient http, string model, OllamaContext context, TimeSpan keepAlive) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var call = context.For(all, options);
        using var response = await SendAsync(all, options, call, stream: false, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        var reply = OllamaReply.Parse(body);
        if (!reply.IsLast)
            throw FaultWords.NoAnswerOfApi();
        context.Check(call, reply.InputTokens);
        return new(new ChatMessage(ChatRole.Assistant, [.. reply.Contents()]))
        {
            ModelId = reply.Model ?? model,
            FinishReason = reply.FinishReason,
            Usage = reply.Usage,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var call = context.For(all, options);
        using var response = await SendAsync(all, options, call, stream: true, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var lines = new StreamReader(stream);
        var id = Guid.NewGuid().ToString("n");
        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
                continue;
            var reply = OllamaReply.Parse(System.Text.Encoding.UTF8.GetBytes(line));
            List<AIContent> contents = [.. reply.Contents()];
            if (reply.IsLast)
            {
                context.Check(call, reply.InputTokens);
                if (reply.Usage is { } usage)
                    contents.Add(new UsageContent(usage));
            }

            yield return new(ChatRole.Assistant, contents)
            {
                ResponseId = id,
                MessageId = id,
                ModelId = reply.Model ?? model,
                FinishReason = reply.FinishReason
            };
            if (reply.IsLast)
                yield break;
        }

        throw FaultWords.EndMissing();
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private async Task<HttpResponseMessage> SendAsync(
        IReadOnlyList<ChatMessage> messages, ChatOptions? options, OllamaCall call, bool stream, CancellationToken cancellationToken)
    {
        var body = await RequestBody.WriteAsync(
            "ollama", options?.ModelId ?? model, messages, options, writer => OllamaOptions.Write(writer, options, call, keepAlive, stream),
            cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/chat") { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }
}
