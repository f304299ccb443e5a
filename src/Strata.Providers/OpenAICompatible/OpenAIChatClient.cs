using System.ClientModel;
using System.ClientModel.Primitives;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using Strata.Providers.Faults;
using Strata.Providers.Wire;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Strata.Providers.OpenAICompatible;

/// <summary>The bridge from the official SDK to <see cref="IChatClient"/>: the SDK's pipeline sends, bodies are ours.</summary>
internal sealed class OpenAIChatClient(ChatClient client, string model, string maxTokensName) : IChatClient
{
    private const string EndOfStream = "[DONE]";

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var result = await SendAsync(messages, options, stream: false, cancellationToken).ConfigureAwait(false);
        using var response = result.GetRawResponse();
        var reply = OpenAIReply.Parse(response.Content.ToMemory());
        var calls = new OpenAIToolCalls();
        calls.Add(reply.ToolCalls());
        return new(new ChatMessage(ChatRole.Assistant, [.. reply.Contents(), .. calls.Contents()]))
        {
            ResponseId = reply.Id,
            ModelId = reply.Model ?? model,
            FinishReason = reply.FinishReason,
            Usage = reply.Usage,
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var result = await SendAsync(messages, options, stream: true, cancellationToken).ConfigureAwait(false);
        using var response = result.GetRawResponse();
        var calls = new OpenAIToolCalls();
        var hasEnded = false;
        ChatResponseUpdate? last = null;
        await foreach (var item in SseParser.Create(response.ContentStream!).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(item.Data, EndOfStream, StringComparison.Ordinal))
            {
                hasEnded = true;
                break;
            }

            var reply = OpenAIReply.Parse(Encoding.UTF8.GetBytes(item.Data));
            calls.Add(reply.ToolCalls());
            List<AIContent> contents = [.. reply.Contents()];
            if (reply.Usage is { } usage)
                contents.Add(new UsageContent(usage));
            hasEnded |= reply.FinishReason is not null;
            last = new(ChatRole.Assistant, contents)
            {
                ResponseId = reply.Id,
                MessageId = reply.Id,
                ModelId = reply.Model ?? model,
                FinishReason = reply.FinishReason
            };
            yield return last;
        }

        if (!hasEnded)
            throw FaultWords.EndMissing();
        List<AIContent> rest = [.. calls.Contents()];
        if (rest.Count > 0)
            yield return new(ChatRole.Assistant, rest)
            {
                ResponseId = last?.ResponseId,
                MessageId = last?.MessageId,
                ModelId = last?.ModelId ?? model
            };
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is not null)
            return null;
        return serviceType.IsInstanceOfType(this) ? this : serviceType == typeof(ChatClient) ? client : null;
    }

    public void Dispose()
    {
    }

    private async Task<ClientResult> SendAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream, CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatMessage> all = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var body = await RequestBody.WriteAsync(
            "openai-chat", options?.ModelId ?? model, all, options, writer => OpenAIOptions.Write(writer, options, maxTokensName, stream),
            cancellationToken).ConfigureAwait(false);
        using var content = BinaryContent.Create(BinaryData.FromBytes(body));
        var request = new RequestOptions { CancellationToken = cancellationToken, BufferResponse = !stream };
        return await client.CompleteChatAsync(content, request).ConfigureAwait(false);
    }
}
