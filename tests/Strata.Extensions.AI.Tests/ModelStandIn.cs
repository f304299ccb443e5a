using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Models;
using Strata.Tokens;

namespace Strata.Extensions.AI.Tests;

/// <summary>A model behind a client: it says its name, counts what it is sent, and answers what a test says.</summary>
/// <param name="name">What the client says that it asks by default; null: it does not say.</param>
/// <param name="answer">Gets the number of the call, from 0; null: says "ok".</param>
internal sealed class ModelStandIn(string? name, Func<int, ChatMessage>? answer = null) : IChatClient
{
    private readonly ChatClientMetadata _metadata = new("stand-in", defaultModelId: name);

    /// <summary>What it reports as input of a request that has so many tokens; null: it reports nothing.</summary>
    public Func<long, long>? Reports { get; init; }

    /// <summary>What each call was sent.</summary>
    public List<(List<ChatMessage> Messages, ChatOptions? Options)> Requests { get; } = [];

    /// <summary>Tokens of a request by the tokenizer of <paramref name="model"/>.</summary>
    public static long TokensOf((List<ChatMessage> Messages, ChatOptions? Options) request, string model)
    {
        MessageCounter counter = ModelCatalogue.MessageCounterFor(ModelCatalogue.Default.Find(model).Model);
        return request.Messages.Sum(message => (long)counter.Count(message).Total) + counter.CountRequest(request.Options);
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Requests.Add(([.. messages], options));
        var input = Reports?.Invoke(TokensOf(Requests[^1], name ?? ""));
        return Task.FromResult(new ChatResponse(answer?.Invoke(Requests.Count - 1) ?? new ChatMessage(ChatRole.Assistant, "ok"))
        {
            Usage = input is null ? null : new UsageDetails { InputTokenCount = input },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is null && serviceType == typeof(ChatClientMetadata) ? _metadata : null;

    public void Dispose()
    {
    }
}
