using System.Globalization;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Logs;

/// <summary>Which lines of a log stay.</summary>
internal static class LogLines
{
    // So many failures or warnings of one template say all there is to say; the rest is counted.
    private const int MostFailuresAlike = 50;
    private const int MostWarningsAlike = 5;
    private const int MostOutliers = 40;

    // Of what stands below a failure: a stack, the source with its caret, a cause.
    private const int MostBelow = 16;

    // What stands everywhere does not explain a failure.
    private const int ManyAlike = 8;

    private static readonly string[] Levels =
        ["INFO", "WARN", "ERROR", "DEBUG", "TRACE", "FATAL", "info", "warn", "error", "debug", "NOTICE", "INF", "WRN", "ERR", "DBG"];

    public static void Choose(TextLines lines, LineGroups groups, LineSelection kept, AskedNames asked)
    {
        Span<ulong> words = stackalloc ulong[LineTemplate.MostWords];
        Span<double> numbers = stackalloc double[LineTemplate.MostNumbers];
        var outliers = 0;
        var below = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.IsWhiteSpace())
                continue;
            var like = groups.LikeOf(i);
            var place = groups.NextPlaceOf(i);
            if (FailureWords.IsFailure(line))
            {
                if (place < MostFailuresAlike)
                    kept.Keep(i, place < 3 ? LineRank.Verdict : LineRank.Detail);
                below = place < MostFailuresAlike ? MostBelow : 0;
            }
            else if (below > 0 && IsBelow(line) && (like < ManyAlike || StackTraceReducer.IsFrame(line)))
            {
                kept.Keep(i, LineRank.Detail);
                below--;
                continue;
            }
            else
            {
                below = 0;
                if (FailureWords.IsWarning(line) && place < MostWarningsAlike)
                    kept.Keep(i, LineRank.Detail);
                else if (like < LineGroups.Often || groups.IsData(i))
                    kept.Keep(i, LineRank.Single);
                else if (outliers < MostOutliers && groups.IsOutlier(lines, i, words, numbers))
                    {
                    outliers++;
                    kept.Keep(i, LineRank.Detail);
                }
                else if (place == 0 || groups.IsLast(i))
                    kept.Keep(i, LineRank.Sample);
            }

            if (place == 0 && like >= LineGroups.Often && kept[i] == LineRank.Sample)
                kept.Note(i, string.Create(CultureInfo.InvariantCulture, $"  (+{like - 1:N0} alike)"));
            if (asked.StandIn(line))
                kept.Keep(i, LineRank.Verdict);
        }

        // How it began and how it ended.
        KeepEnds(lines, kept);
    }

    /// <summary>Whether a time or a level stands at the beginning.</summary>
    public static bool IsStamped(ReadOnlySpan<char> line)
    {
        var head = line[..Math.Min(line.Length, 60)];
        var colon = head.IndexOf(':');
        if (colon >= 2 && colon + 2 < head.Length && char.IsAsciiDigit(head[colon - 1]) && char.IsAsciiDigit(head[colon - 2])
            && char.IsAsciiDigit(head[colon + 1])
            && char.IsAsciiDigit(head[colon + 2]) && colon < 32)
            return true;
        foreach (var level in Levels)
        {
            var at = head.IndexOf(level, StringComparison.Ordinal);
            if (at >= 0 && (at == 0 || !char.IsAsciiLetterOrDigit(head[at - 1]))
                && (at + level.Length == head.Length || !char.IsAsciiLetterLower(head[at + level.Length]))
                && (at == 0 || head[at - 1] is '[' or '"' or ' ' or '=' or '<'))
                return true;
        }

        return false;
    }

    public static void KeepEnds(TextLines lines, LineSelection kept)
    {
        for (int i = 0, said = 0; i < lines.Count && said < 2; i++)
            said += KeepSaid(lines, kept, i);
        for (int i = lines.Count - 1, said = 0; i >= 0 && said < 3; i--)
            said += KeepSaid(lines, kept, i);
    }

    public static bool IsBelow(ReadOnlySpan<char> line) =>
        char.IsWhiteSpace(line[0]) || line.StartsWith("Caused by") || line.StartsWith("at ") || line.StartsWith("...")
            || line.StartsWith("File \"")
            || line.StartsWith("| ") || line.StartsWith("= ") || line.StartsWith("During handling");

    private static int KeepSaid(TextLines lines, LineSelection kept, int line)
    {
        if (lines[line].IsWhiteSpace())
            return 0;
        kept.Keep(line, LineRank.Single);
        return 1;
    }
}
