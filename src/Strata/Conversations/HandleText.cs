using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Strata.Conversations;

/// <summary>Takes the handles out of what a compaction made, for a model that nothing answers when it names one.</summary>
internal static partial class HandleText
{
    /// <summary>The message without handles; the same instance when it names none.</summary>
    public static ChatMessage Without(ChatMessage made)
    {
        if (!made.Contents.Any(IsNaming))
            return made;
        var copy = made.Clone();
        copy.Contents = [.. made.Contents.Select(content => Without(content))];
        copy.RawRepresentation = null;   // it still holds everything, and the provider's adapter would send that
        return copy;
    }

    private static bool IsNaming(AIContent content) => TextOf(content) is { } text && Mentions().IsMatch(text);

    private static AIContent Without(AIContent content) => !IsNaming(content) ? content : content switch
    {
        TextContent text => new TextContent(Mentions().Replace(text.Text, "")) { AdditionalProperties = text.AdditionalProperties },
        FunctionResultContent result => new FunctionResultContent(result.CallId, Mentions().Replace((string)result.Result!, ""))
        {
            Exception = result.Exception, AdditionalProperties = result.AdditionalProperties,
        },
        _ => content,
    };

    private static string? TextOf(AIContent content) => content switch
    {
        TextContent text => text.Text,
        FunctionResultContent { Result: string result } => result,
        _ => null,
    };

    // "; recall H" in markers and headers, "; earlier H..H, H..H" behind it, " [recall H]" behind entries, " [earlier H..H]" at parts.
    [GeneratedRegex(
        """
        (?:;\ recall\ [0-9a-z]{12}(?:\.\.[0-9a-z]{12})?
            (?:;\ earlier\ [0-9a-z]{12}\.\.[0-9a-z]{12}(?:,\ [0-9a-z]{12}\.\.[0-9a-z]{12})*)?)
        |\ \[(?:recall|earlier)\ [0-9a-z]{12}(?:\.\.[0-9a-z]{12})?\]
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mentions();
}
