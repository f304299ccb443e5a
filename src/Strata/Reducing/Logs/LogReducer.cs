using Strata.Reducing.Lines;

namespace Strata.Reducing.Logs;

/// <summary>
/// Logs and the output of builds and package managers: failures word for word with what stands below them, lines without their like, and of
/// lines that say the same again and again the first, the last and how many there were.
/// </summary>
internal sealed class LogReducer : IReducer
{
    private const int FewestLines = 12;

    public string Kind => "log";

    public double Detect(ToolOutput output) => Groups(output.Lines) is null ? 0 : .5;

    public string? Reduce(ToolOutput output, int maxChars)
    {
        var lines = output.Lines;
        if (Groups(lines) is not { } groups)
            return null;
        var kept = new LineSelection(lines);
        LogLines.Choose(lines, groups, kept, AskedNames.Of(output));
        return output.Smaller(kept.Write(maxChars), maxChars);
    }

    private static LineGroups? Groups(TextLines lines)
    {
        if (lines.Count < FewestLines)
            return null;
        var groups = new LineGroups(lines);
        return IsLog(lines, groups) ? groups : null;
    }

    // Either much of it repeats, or most lines carry a time or a level.
    private static bool IsLog(TextLines lines, LineGroups groups)
    {
        int repeated = 0, stamped = 0, said = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.IsWhiteSpace())
                continue;
            said++;
            repeated += groups.LikeOf(i) >= LineGroups.Often && !groups.IsData(i) && line.Length > 8 && !IsNumbered(line) ? 1 : 0;
            stamped += LogLines.IsStamped(line) ? 1 : 0;
        }

        return repeated * 2 > said || stamped * 2 > said;
    }

    // "  12→" and "12\t": the lines of a file.
    private static bool IsNumbered(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && text[digits] is '→' or '\t';
    }
}
