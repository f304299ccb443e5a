using System.Text.RegularExpressions;

namespace Strata.Cli.Archives;

/// <summary>
/// A handle as people and models copy it out of a compacted text: with the word before it, in brackets or quotes, or with all of its
/// marker.
/// </summary>
internal static partial class PastedHandle
{
    private const string To = "..";

    /// <summary>The handle or the range in it; what is neither comes back as it is, for the library to refuse.</summary>
    public static string Read(string pasted)
    {
        var found = Pasted().Match(pasted);
        if (!found.Success)
            return pasted;
        return found.Groups["last"] is { Success: true } last ? found.Groups["first"].Value + To + last.Value : found.Groups["first"].Value;
    }

    /// <summary>The range from its other end; null for one handle.</summary>
    public static string? TurnRound(string handle) => handle.Split(To) is [var first, var last] ? last.Trim() + To + first.Trim() : null;

    [GeneratedRegex(
        """
        ^[\s"'`\[(<{]*                                          # what the copied text stood in
        (?:[^\[\];]*\bcut;\s*)?                                 # [1,024 tokens cut; recall …]
        (?:(?:recall|earlier)[\s:=-]+)?["'`\s]*
        (?<first>[0-9a-z]{12})(?:\s*\.\.\s*(?<last>[0-9a-z]{12}))?
        [\s"'`\])>}.,;]*$
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        1000)]
    private static partial Regex Pasted();
}
