using Strata.Reducing.Lines;

namespace Strata.Reducing.Changes;

/// <summary>One file of a diff, by the lines of the output.</summary>
internal sealed class DiffFile
{
    private DiffFile(int first) => First = first;

    /// <summary>The line it starts at.</summary>
    public int First { get; }

    /// <summary>The line after its last.</summary>
    public int End { get; private set; }

    public string Path { get; private set; } = "";

    /// <summary>Lines that say more than the path: renamed, deleted, new, binary.</summary>
    public List<int> Remarks { get; } = [];

    /// <summary>The lines of the hunk headers.</summary>
    public List<int> Hunks { get; } = [];

    public int Added { get; private set; }

    public int Removed { get; private set; }

    public static List<DiffFile> Parse(TextLines lines)
    {
        var files = new List<DiffFile>();
        DiffFile? file = null;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (StartsFile(lines, i, file))
            {
                if (file is not null)
                    file.End = i;
                files.Add(file = new DiffFile(i));
            }

            file?.Read(i, line);
        }

        if (file is not null)
            file.End = lines.Count;
        return files;
    }

    private static bool StartsFile(TextLines lines, int i, DiffFile? current)
    {
        var line = lines[i];
        if (line.StartsWith("diff --git ", StringComparison.Ordinal) || line.StartsWith("diff -", StringComparison.Ordinal)
            || line.StartsWith("Index: ", StringComparison.Ordinal))
            return true;
        return line.StartsWith("--- ", StringComparison.Ordinal) && i + 1 < lines.Count
            && lines[i + 1].StartsWith("+++ ", StringComparison.Ordinal)
            && (current is null || current.Hunks.Count > 0);
    }

    private void Read(int at, ReadOnlySpan<char> line)
    {
        if (line.StartsWith("@@ ", StringComparison.Ordinal))
        {
            Hunks.Add(at);
            return;
        }

        if (Hunks.Count > 0)
        {
            Added += line.StartsWith("+", StringComparison.Ordinal) ? 1 : 0;
            Removed += line.StartsWith("-", StringComparison.Ordinal) ? 1 : 0;
            return;
        }

        if (at == First || line.StartsWith("+++ ", StringComparison.Ordinal)
            || (line.StartsWith("--- ", StringComparison.Ordinal) && Path.Length == 0))
            Path = PathOf(line) ?? Path;
        else if (!line.StartsWith("index ", StringComparison.Ordinal) && !line.StartsWith("--- ", StringComparison.Ordinal)
            && !line.StartsWith("===", StringComparison.Ordinal) && !line.IsEmpty)
            Remarks.Add(at);
    }

    private static string? PathOf(ReadOnlySpan<char> line)
    {
        if (line.Length > SourceLines.LongestLine * 2)
            return null;
        if (line.StartsWith("diff ", StringComparison.Ordinal))
            line = line[(line.LastIndexOf(' ') + 1)..];
        else if (line.StartsWith("Index: ", StringComparison.Ordinal))
            line = line["Index: ".Length..];
        else
            line = line[4..];
        var tab = line.IndexOf('\t');
        line = (tab < 0 ? line : line[..tab]).Trim();
        if (line is "/dev/null")
            return null;
        return (line.StartsWith("a/", StringComparison.Ordinal) || line.StartsWith("b/", StringComparison.Ordinal) ? line[2..] : line)
            .ToString();
    }
}
