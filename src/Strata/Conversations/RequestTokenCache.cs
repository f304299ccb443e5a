using Microsoft.Extensions.AI;
using Strata.Tokens;

namespace Strata.Conversations;

/// <summary>Tokens of instructions, tools and response format: the same in call after call, and schemas are slow to count.</summary>
internal sealed class RequestTokenCache(MessageCounter counter)
{
    // As many sets of tools as an application usually has.
    private const int Capacity = 16;

    private Entry[] _recent = [];

    public int Count(ChatOptions? options)
    {
        if (options is null)
            return counter.CountRequest(null);
        var recent = Volatile.Read(ref _recent);
        if (Array.Find(recent, known => known.IsOf(options)) is { } entry)
            return entry.Tokens;

        // Two calls at once may each add theirs and one be lost: it is counted again.
        entry = new Entry(options.Instructions, [.. options.Tools ?? []], options.ResponseFormat, counter.CountRequest(options));
        Volatile.Write(ref _recent, [entry, .. recent.Take(Capacity - 1)]);
        return entry.Tokens;
    }

    private sealed record Entry(string? Instructions, AITool[] Tools, ChatResponseFormat? Format, int Tokens)
    {
        public bool IsOf(ChatOptions options)
        {
            if (Instructions != options.Instructions || !ReferenceEquals(Format, options.ResponseFormat)
                || Tools.Length != (options.Tools?.Count ?? 0))
                return false;
            for (var i = 0; i < Tools.Length; i++)
            {
                if (!ReferenceEquals(Tools[i], options.Tools![i]))
                    return false;
            }

            return true;
        }
    }
}
