using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>Which new content stands for which content of the source.</summary>
internal static class ContentAlignment
{
    /// <summary>
    /// For each content of <paramref name="source"/> its replacement, null for one that is gone. Equal counts match by position; with fewer
    /// new contents the same reference matches first, then the next of the same kind.
    /// </summary>
    public static AIContent?[] Align(IList<AIContent> source, IList<AIContent> contents)
    {
        var result = new AIContent?[source.Count];
        if (source.Count == contents.Count)
        {
            contents.CopyTo(result!, 0);
            return result;
        }

        var next = 0;
        for (var i = 0; i < contents.Count; i++)
        {
            var latest = source.Count - (contents.Count - i);
            var match = Find(source, next, latest, candidate => ReferenceEquals(candidate, contents[i]))
                ?? Find(source, next, latest, candidate => !contents.Contains(candidate) && IsAlike(candidate, contents[i])) ?? next;
            result[match] = contents[i];
            next = match + 1;
        }

        return result;
    }

    private static int? Find(IList<AIContent> source, int from, int to, Func<AIContent, bool> matches)
    {
        for (var i = from; i <= to; i++)
        {
            if (matches(source[i]))
                return i;
        }

        return null;
    }

    private static bool IsAlike(AIContent a, AIContent b) => (a, b) switch
    {
        (FunctionCallContent x, FunctionCallContent y) => string.Equals(x.CallId, y.CallId, StringComparison.Ordinal),
        (FunctionResultContent x, FunctionResultContent y) => string.Equals(x.CallId, y.CallId, StringComparison.Ordinal),
        _ => a.GetType() == b.GetType(),
    };
}
