using System.Text.RegularExpressions;
using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>The mark that puts a sentence into the mouth of whoever said it: <c>(from tool output) "…"</c>.</summary>
internal static partial class Attribution
{
    // A longer order is not worth telling whole.
    private const int LongestQuote = 240;

    public static string Of(Origin origin, string sentence)
    {
        var source = origin.HasFlag(Origin.Tool) ? "tool output"
            : origin.HasFlag(Origin.Software) ? "software"
            : origin.HasFlag(Origin.Summary) ? "an earlier summary"
            : "the source";
        return $"(from {source}) \"{OneLine.Of(sentence, LongestQuote).Replace('"', '\'')}\"";
    }

    /// <summary>Where sentences stand that have their mark.</summary>
    public static List<Range> MarkedIn(string text)
    {
        var marked = new List<Range>();
        if (!text.Contains("(from ", StringComparison.Ordinal))
            return marked;
        foreach (var mark in Mark().EnumerateMatches(text))
            marked.Add(mark.Index..(mark.Index + mark.Length));
        return marked;
    }

    /// <summary>Whether a sentence of the text has its mark, in its line.</summary>
    public static bool IsMarked(string text, Range sentence)
    {
        var line = text.LastIndexOf('\n', sentence.Start.Value) + 1;
        return Open().IsMatch(text.AsSpan(line, sentence.End.Value - line));
    }

    [GeneratedRegex("""\(from (?:tool output|software|an earlier summary|the source)\) "[^"\n]{0,400}"?""", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mark();

    [GeneratedRegex("""\(from (?:tool output|software|an earlier summary|the source)\) "[^"\n]*"?\z""", RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Open();
}
