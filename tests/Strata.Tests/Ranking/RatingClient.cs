using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Strata.Calls;

namespace Strata.Tests.Ranking;

/// <summary>A model that answers what a test says, and keeps what it was asked.</summary>
internal sealed class RatingClient(Func<string, string> answer) : IChatClient
{
    public ConcurrentBag<string> Asked { get; } = [];

    public CallableModel Model(int window = 32_000) => new() { Name = "test/rater", Client = this, Window = window };

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var text = messages.Last().Text;
        Asked.Add(text);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(text))));
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetResponseAsync(messages, options, cancellationToken).GetAwaiter().GetResult().ToChatResponseUpdates().ToAsyncEnumerable();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
