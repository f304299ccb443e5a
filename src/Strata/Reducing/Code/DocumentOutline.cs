using Strata.Reducing.Lines;
using Strata.Text;

namespace Strata.Reducing.Code;

/// <summary>
/// Ranks the lines of a document: headings, open points, then the first sentence of each section and the top of its lists.
/// </summary>
internal static class DocumentOutline
{
    private const int FewestHeadings = 2;

    /// <summary>False when it has no headings to go by.</summary>
    public static bool Rank(TextLines lines, RankedLines ranked)
    {
        var headings = 0;
        var fenced = false;
        var firstOfSection = false;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = SourceLines.WithoutNumber(lines[i]);
            var trimmed = line.Trim();
            if (trimmed.StartsWith("```", StringComparison.Ordinal) || trimmed.StartsWith("~~~", StringComparison.Ordinal))
            {
                fenced = !fenced;
                continue;
            }

            if (trimmed.IsEmpty || fenced)
                continue;
            var head = FirstSentence(lines[i]);
            if (IsHeading(trimmed, i + 1 < lines.Count ? SourceLines.WithoutNumber(lines[i + 1]).Trim() : default))
            {
                headings++;
                firstOfSection = true;
                ranked.KeepHead(i, 1, head);
                continue;
            }

            if (CodeCues.IsOpenEnd(trimmed))
                ranked.KeepHead(i, 2, head);
            else if (firstOfSection)
                ranked.KeepHead(i, 3, head);
            else if (SourceLines.Indent(line) == 0 && trimmed.Length > 2 && trimmed[0] is '-' or '*' or '+' && trimmed[1] is ' ' or '*')
                ranked.KeepHead(i, 4, head);
            firstOfSection = false;
        }

        return headings >= FewestHeadings;
    }

    private static bool IsHeading(ReadOnlySpan<char> line, ReadOnlySpan<char> next) =>
        (line[0] is '#' or '=' && line.TrimStart("#=").StartsWith(" ", StringComparison.Ordinal))
        || (next.Length > 3 && (next.Trim('=').IsEmpty || next.Trim('-').IsEmpty) && char.IsLetterOrDigit(line[0]));

    private static int FirstSentence(ReadOnlySpan<char> line)
    {
        for (var i = 40; i < line.Length - 1; i++)
        {
            if ((line[i] is '.' or '!' or '?' && line[i + 1] == ' ') || line[i] is '。' or '！' or '？')
                return i + 1;
        }

        return TextCut.Before(line, SourceLines.LongestLine);
    }
}
