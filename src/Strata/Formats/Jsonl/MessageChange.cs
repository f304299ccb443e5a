using Microsoft.Extensions.AI;

namespace Strata.Formats.Jsonl;

internal static class MessageChange
{
    /// <summary>
    /// Whether writing <paramref name="target"/> for <paramref name="source"/> changes anything: contents count by reference.
    /// </summary>
    public static bool IsChanged(ChatMessage source, ChatMessage target)
    {
        if (ReferenceEquals(source, target))
            return false;
        if (source.Contents.Count != target.Contents.Count)
            return true;
        for (var i = 0; i < source.Contents.Count; i++)
        {
            if (!ReferenceEquals(source.Contents[i], target.Contents[i]))
                return true;
        }

        return false;
    }
}
