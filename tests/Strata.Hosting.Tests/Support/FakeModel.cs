using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Strata.Hosting.Tests.Support;

/// <summary>A model that says yes.</summary>
internal sealed class FakeModel : IChatClient
{
    public List<int> RequestMessages { get; } = [];

    public bool IsDisposed { get; private set; }

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        RequestMessages.Add(messages.Count());
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes.")));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() => IsDisposed = true;
}
