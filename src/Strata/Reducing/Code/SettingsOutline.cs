using Strata.Reducing.Lines;

namespace Strata.Reducing.Code;

/// <summary>
/// Ranks the lines of a settings file by their depth: sections and upper keys with their values, what is nested deeper is left out.
/// </summary>
internal static class SettingsOutline
{
    private const int FewestKeys = 5;

    /// <summary>False when it has too few keys to be one.</summary>
    public static bool Rank(TextLines lines, RankedLines ranked)
    {
        var keys = 0;
        Span<int> indents = stackalloc int[RankedLines.Lowest];
        var depth = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = SourceLines.WithoutNumber(lines[i]);
            var trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed.Length > SourceLines.LongestLine)
                continue;
            if (trimmed[0] is '#' or ';' || trimmed.StartsWith("//", StringComparison.Ordinal))
            {
                if (CodeCues.IsOpenEnd(trimmed))
                    ranked.Keep(i, 2);
                continue;
            }

            var indent = SourceLines.Indent(line) + (trimmed.StartsWith("- ", StringComparison.Ordinal) ? 1 : 0);
            while (depth > 0 && indents[depth - 1] >= indent)
                depth--;
            if (depth == indents.Length)
                continue;
            indents[depth++] = indent;
            if (!IsKey(trimmed) && trimmed[0] != '[')
                continue;
            keys++;
            if (depth <= 3)
                ranked.Keep(i, (byte)(depth + 1));
        }

        for (var i = 0; i < lines.Count; i++)
        {
            if (ranked[i] == 2 && IsTop(SourceLines.WithoutNumber(lines[i])))
                ranked.Keep(i, 1);
        }

        return keys >= FewestKeys;
    }

    private static bool IsTop(ReadOnlySpan<char> line) => line[0] is not (' ' or '\t' or '#' or ';' or '/');

    private static bool IsKey(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAny(':', '=');
        return end > 0 && !line[..end].TrimStart("- ").Trim().IsEmpty;
    }
}
