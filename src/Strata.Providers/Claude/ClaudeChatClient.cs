using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Strata.Providers.Faults;

namespace Strata.Providers.Claude;

/// <summary>
/// What the SDK's bridge leaves out: prompt caching, the temperature, and that a stream which breaks off without an end is no answer.
/// </summary>
internal sealed class ClaudeChatClient(IChatClient bridge, string model) : DelegatingChatClient(bridge)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(CachedSystemPrompt.Mark(messages, options), ClaudeOptions.Of(options, model), cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var hasEnded = false;
        var updates = base.GetStreamingResponseAsync(
            CachedSystemPrompt.Mark(messages, options), ClaudeOptions.Of(options, model), cancellationToken);
        await foreach (var update in updates.ConfigureAwait(false))
        {
            hasEnded |= update.FinishReason is not null;
            yield return update;
        }

        if (!hasEnded)
            throw FaultWords.EndMissing();
    }
}
