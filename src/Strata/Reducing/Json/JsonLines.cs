using Strata.Reducing.Rows;

namespace Strata.Reducing.Json;

/// <summary>Objects that stand one a line. Log records in that form are lines of a log.</summary>
internal static class JsonLines
{
    private const int Fewest = 3;

    public static JsonRows? Read(string text, int start)
    {
        var rows = new JsonRows(text);
        for (var at = start; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            var line = text.AsSpan(at..end);
            if (!line.IsWhiteSpace())
            {
                var range = (at + line.Length - line.TrimStart().Length)..(at + line.TrimEnd().Length);
                if (text[range.Start.Value] != '{' || text[range.End.Value - 1] != '}' || (rows.Rows.Count == 0 && IsLogRecord(line)))
                    return null;
                if (!JsonScan.IsValid(text.AsMemory(range)))
                    return null;
                rows.Add(range);
            }

            at = end + 1;
        }

        return rows.Rows.Count >= Fewest ? rows : null;
    }

    private static bool IsLogRecord(ReadOnlySpan<char> line) =>
        (line.Contains("\"msg\":", StringComparison.Ordinal) || line.Contains("\"message\":", StringComparison.Ordinal))
        && (line.Contains("\"level\":", StringComparison.Ordinal) || line.Contains("\"severity\":", StringComparison.Ordinal));
}
