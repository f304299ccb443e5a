using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Strata.Providers.Claude;

/// <summary>Marks the end of the system prompt as the end of what the provider's prompt cache is to hold: it is the same from call to call.</summary>
internal sealed class CachedSystemPrompt(IChatClient inner) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(Marked(messages, options), WithoutInstructions(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(Marked(messages, options), WithoutInstructions(options), cancellationToken);

    private static List<ChatMessage> Marked(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatMessage> all = [.. messages];
        if (options?.Instructions is { Length: > 0 } instructions)
            all.Insert(0, new ChatMessage(ChatRole.System, instructions));
        var last = all.FindIndex(static message => message.Role != ChatRole.System) is var end and >= 0 ? end - 1 : all.Count - 1;
        if (last < 0)
            return all;

        // Copies: the mark is kept with the content, and the caller's contents are not ours to change.
        var contents = all[last].Contents.ToList();
        if (contents.FindLastIndex(static content => content is TextContent { Text.Length: > 0 }) is var text and >= 0)
        {
            contents[text] = new TextContent(((TextContent)contents[text]).Text).WithCacheControl(new CacheControlEphemeral());
            all[last] = new ChatMessage(ChatRole.System, contents);
        }

        return all;
    }

    private static ChatOptions? WithoutInstructions(ChatOptions? options)
    {
        if (string.IsNullOrEmpty(options?.Instructions))
            return options;
        var rest = options.Clone();
        rest.Instructions = null;
        return rest;
    }
}
