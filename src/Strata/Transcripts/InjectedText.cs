using System.Text.RegularExpressions;

namespace Strata.Transcripts;

/// <summary>Tells the user's own words from what an agent's harness sends in the user's name.</summary>
public static partial class InjectedText
{
    /// <summary>What the user wrote: <paramref name="text"/> without tagged blocks that harnesses add; empty when nothing is left.</summary>
    public static string Strip(string text)
    {
        if (text.Contains('<', StringComparison.Ordinal))
            text = TaggedBlock().Replace(text, " ");
        text = text.Trim();
        return HarnessLine().IsMatch(text) ? "" : text;
    }

    // Claude Code, Codex and pi mark what they inject with these tags; the list is theirs.
    [GeneratedRegex(
        @"<(?<tag>system-reminder|command-[a-z]+|local-command-[a-z]+|environment_context|user_instructions|task-notification|ide_[a-z_]+|user-prompt-submit-hook|permissions instructions|skills_instructions)\b[^>]*>.*?</\k<tag>>",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex TaggedBlock();

    [GeneratedRegex(
        @"\A(Caveat: The messages below|\[Request interrupted|Base directory for this skill|Stop hook feedback|# AGENTS\.md instructions for )",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex HarnessLine();
}
