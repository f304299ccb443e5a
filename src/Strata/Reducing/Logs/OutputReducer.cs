using Strata.Reducing.Code;

namespace Strata.Reducing.Logs;

/// <summary>Output of no other kind: runs of lines that say the same, and lines that come again and again, are shown once with their number.</summary>
internal sealed class OutputReducer : IReducer
{
    private const int FewestLines = 12;

    // Two or three alike are read faster than a note about them.
    private const int LeastRun = 5;

    public string Kind => "output";

    public string? Reduce(ToolOutput output, int maxChars)
    {
        var lines = new TextLines(output.Text);
        if (lines.Count < FewestLines)
            return null;
        var kept = Choose(lines, AskedNames.Of(output));
        var written = kept.Write(maxChars);
        // Prose and code have few such lines: then their beginning and their end are worth more.
        return written is null || kept.LeftOut * 4 < lines.Count ? null : written;
    }

    private static LineSelection Choose(TextLines lines, AskedNames asked)
    {
        var kept = new LineSelection(lines);
        var seen = new Dictionary<ulong, int>();
        Span<ulong> words = stackalloc ulong[LineTemplate.MostWords];
        Span<double> numbers = stackalloc double[LineTemplate.MostNumbers];
        ulong before = 0;
        var run = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.IsWhiteSpace())
                continue;
            var template = new LineTemplate(line, words, numbers);
            var isAlike = template.PlainLetters >= 3 && template.Hash == before;
            run = isAlike ? run + 1 : 1;
            before = template.Hash;
            var again = seen[Exact(line)] = seen.GetValueOrDefault(Exact(line)) + 1;
            if (FailureWords.IsFailure(line) ? again <= 3 : run < LeastRun && (again < LineGroups.Often || line.Length < 12))
                kept.Keep(i, FailureWords.IsFailure(line) ? LineRank.Verdict : LineRank.Single);
            if (asked.StandIn(line))
                kept.Keep(i, LineRank.Verdict);
        }

        LogLines.KeepEnds(lines, kept);
        return kept;
    }

    private static ulong Exact(ReadOnlySpan<char> line)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in line)
            hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }
}
