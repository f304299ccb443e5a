using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>Finds what may be a handle in the text of a message.</summary>
internal static partial class NamedHandles
{
    /// <summary>All that a message says that may be a handle.</summary>
    public static IEnumerable<Handle> In(ChatMessage message)
    {
        foreach (Match match in message.Contents.SelectMany(content => Name().Matches(MessageText.Of(content) ?? "")))
        {
            if (Handle.TryParse(match.Value, out var handle))
                yield return handle;
        }
    }

    [GeneratedRegex(@"\b[0-9a-z]{12}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Name();
}
