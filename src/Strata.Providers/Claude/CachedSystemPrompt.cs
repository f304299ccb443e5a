using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace Strata.Providers.Claude;

/// <summary>
/// Marks the end of the system prompt as the end of what the provider's prompt cache is to hold: it is the same from call to call.
/// </summary>
internal static class CachedSystemPrompt
{
    /// <summary>
    /// The messages with instructions as the first of them, and the mark on a copy: it is kept with the content, and the caller's contents
    /// are not ours to change.
    /// </summary>
    public static List<ChatMessage> Mark(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        List<ChatMessage> all = [.. messages];
        if (options?.Instructions is { Length: > 0 } instructions)
            all.Insert(0, new ChatMessage(ChatRole.System, instructions));
        var last = all.FindIndex(static message => message.Role != ChatRole.System) is var end and >= 0 ? end - 1 : all.Count - 1;
        if (last < 0)
            return all;

        var contents = all[last].Contents.ToList();
        if (contents.FindLastIndex(static content => content is TextContent { Text.Length: > 0 }) is var text and >= 0)
        {
            contents[text] = new TextContent(((TextContent)contents[text]).Text).WithCacheControl(new CacheControlEphemeral());
            all[last] = new ChatMessage(ChatRole.System, contents);
        }

        return all;
    }
}
