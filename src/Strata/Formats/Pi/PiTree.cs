namespace Strata.Formats.Pi;

/// <summary>
/// The entries of a session and the live conversation in them: the path from the last entry up, and after a compaction its summary, what it
/// kept, and what came later.
/// </summary>
internal sealed class PiTree
{
    private readonly IReadOnlyList<PiLine> lines;
    private readonly Dictionary<string, int> byId = new(StringComparer.Ordinal);
    private readonly HashSet<int> onPath;

    public PiTree(IReadOnlyList<PiLine> lines)
    {
        this.lines = lines;
        var header = lines.FirstOrDefault(static line => line.IsHeader);
        IsLinear = header is null ? lines.All(static line => line.Id is null) : header.Version < 2;
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is { IsHeader: false, Id: { } id })
                byId[id] = i;   // pi takes the last of equal ids
        }

        Path = IsLinear ? [.. Enumerable.Range(0, lines.Count).Where(IsEntry)] : FindPath();
        onPath = [.. Path];
        Compaction = LastCompaction();
        FirstKept = Compaction >= 0 && FirstKeptOf(Compaction) is >= 0 and var kept && onPath.Contains(kept) ? kept : -1;
        Live = [.. Path.Where(i => i != Compaction && lines[i].IsSent && !lines[i].IsCompaction && (i > Compaction || (FirstKept >= 0 && i >= FirstKept)))];
    }

    /// <summary>Whether this is a file of version 1: no ids, every entry belongs.</summary>
    public bool IsLinear { get; }

    /// <summary>Entries from the root to the last one, by line.</summary>
    public List<int> Path { get; }

    /// <summary>The last compaction on the path; −1 when there is none. Its summary is sent first.</summary>
    public int Compaction { get; }

    /// <summary>The first entry that the compaction kept; −1 when it kept none.</summary>
    public int FirstKept { get; }

    /// <summary>What is sent besides the compaction's summary, in the order of the file.</summary>
    public List<int> Live { get; }

    public bool IsOnPath(int line) => onPath.Contains(line);

    public bool IsEntry(int line) => lines[line] is { Type: not null, IsHeader: false } && (IsLinear || lines[line].Id is not null);

    public int Find(string? id) => id is not null && byId.TryGetValue(id, out var index) ? index : -1;

    public int ParentOf(int line) => Find(lines[line].Parent);

    /// <summary>The line that a compaction names as the first it kept; −1 where it names none that is there.</summary>
    public int FirstKeptOf(int compaction) =>
        IsLinear ? LineOfIndex(lines[compaction].FirstKeptIndex) : Find(lines[compaction].FirstKept);

    private int LastCompaction() => Path.FindLastIndex(i => lines[i].IsCompaction) is >= 0 and var rank ? Path[rank] : -1;

    // Version 1 counts what parses as JSON, the header included.
    private int LineOfIndex(int index)
    {
        for (var i = 0; i < lines.Count && index >= 0; i++)
        {
            if (lines[i].Type is not null && index-- == 0)
                return lines[i].IsHeader ? -1 : i;
        }

        return -1;
    }

    private List<int> FindPath()
    {
        var path = new List<int>();
        var seen = new HashSet<int>();
        var last = lines.Count - 1;
        while (last >= 0 && !IsEntry(last))
            last--;
        for (var i = last; i >= 0 && seen.Add(i); i = ParentOf(i))
            path.Add(i);
        path.Reverse();
        return path;
    }
}
