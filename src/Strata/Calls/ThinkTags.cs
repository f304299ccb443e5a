using System.Text.RegularExpressions;

namespace Strata.Calls;

/// <summary>Takes out the thinking that local models write into their answer between tags.</summary>
internal static partial class ThinkTags
{
    public static string Remove(string text)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
            return text.Trim();
        var answer = Block().Replace(text, "\n");

        // Templates that open the block in the prompt leave only its end in the answer.
        var end = LoneEnd().Matches(answer);
        if (end.Count > 0)
            answer = answer[(end[^1].Index + end[^1].Length)..];
        return answer.Trim();
    }

    // Only at the start of a line: in the middle of a sentence the conversation is speaking about tags. A block that never ends takes the
    // rest with it.
    [GeneratedRegex(@"^[ \t]*<(?<tag>think|thinking|thought|reasoning)>(?:(?!</\k<tag>>).)*(?:</\k<tag>>|\z)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant
            | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^[ \t]*</(think|thinking|thought|reasoning)>[ \t]*\r?$",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex LoneEnd();
}
