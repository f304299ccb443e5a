using System.Globalization;
using Strata.Text;

namespace Strata.Ladder.Gate;

/// <summary>Finds headings in an answer, however they are marked.</summary>
internal static class SectionHeadings
{
    private const int LongestHeading = 80;

    /// <summary>The first of the headings that the answer lacks; null when it has them all, or as many in another language.</summary>
    public static string? Missing(string answer, IReadOnlyList<string> required, string language)
    {
        if (required.Count == 0)
            return null;
        var lines = answer.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).ToList();
        var headings = lines.Where(line => IsHeading(line) || required.Any(heading => Starts(line, heading))).ToList();
        var missing = required.FirstOrDefault(heading =>
            !headings.Exists(line => Bare(line).Equals(Bare(heading), StringComparison.OrdinalIgnoreCase) || Starts(line, heading)));
        var isTranslated = language is not ("en" or Language.Unknown) && headings.Count >= required.Count;
        return isTranslated ? null : missing;
    }

    /// <summary>A line marked with <c>#</c>, bold as a whole, in tags, or short with a colon at its end.</summary>
    public static bool IsHeading(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.IsEmpty || line.Length > LongestHeading)
            return false;
        if (line[0] == '#')
            return line.TrimStart('#') is [' ', ..];
        if (line[0] == '<' && line[^1] == '>')
            return !line[1..^1].ContainsAny('<', '>', '"') && line.Length > 2;
        // A list item that ends so leads a list of its own.
        if (line[0] is '-' or '+' or '•' || line.StartsWith("* "))
            return false;
        return (line.StartsWith("**") && line.TrimEnd(":：").EndsWith("**") && line.Length > 5
            && !line[2..^3].Contains("**", StringComparison.Ordinal)) || line[^1] is ':' or '：';
    }

    // "Decisions: none" on one line.
    private static bool Starts(string line, string heading)
    {
        var bare = Bare(heading);
        var text = line.AsSpan().TrimStart("#*_-+> ");
        return text.StartsWith(bare, StringComparison.OrdinalIgnoreCase) && text[bare.Length..].TrimStart("*_ ") is [':' or '：', ..];
    }

    private static string Bare(string heading)
    {
        var text = heading.Trim().TrimStart('<', '/').TrimEnd('>').Trim('#', '*', '_', ' ', ':', '：', '.').Replace('_', ' ');
        return text[ListMarks.LengthOf(text)..].Trim('#', '*', '_', ' ', ':', '：').ToLower(CultureInfo.InvariantCulture);
    }
}
