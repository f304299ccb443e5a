namespace Strata.Formats.Pi;

/// <summary>
/// The entries of a session and the live conversation in them: the path from the last entry up, and after a compaction its summary, what it
/// kept, and what came later.
/// </summary>
internal sealed class PiTree
{
    private readonly IReadOnlyList<PiLine> _lines;
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly HashSet<int> _onPath;
    private readonly Dictionary<PiCacheNote, int> _lastNotes = [];

    public PiTree(IReadOnlyList<PiLine> lines)
    {
        _lines = lines;
        var header = _lines.FirstOrDefault(static line => line.IsHeader);
        IsLinear = header is null ? _lines.All(static line => line.Id is null) : header.Version < 2;
        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i] is { IsHeader: false, Id: { } id })
                _byId[id] = i;   // pi takes the last of equal ids
        }

        Path = IsLinear ? [.. Enumerable.Range(0, _lines.Count).Where(IsEntry)] : FindPath();
        _onPath = [.. Path];
        Compaction = LastCompaction();
        foreach (var i in Path)
            _lastNotes[_lines[i].CacheNote] = i;
        FirstKept = Compaction >= 0 && FirstKeptOf(Compaction) is >= 0 and var kept && _onPath.Contains(kept) ? kept : -1;
        Live = [.. Path.Where(i =>
            i != Compaction && _lines[i].IsSent && !_lines[i].IsCompaction && (i > Compaction || (FirstKept >= 0 && i >= FirstKept)))];
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

    public bool IsOnPath(int line) => _onPath.Contains(line);

    /// <summary>Whether a later entry says all that this one says.</summary>
    public bool IsRepeated(int line) =>
        _lines[line].CacheNote is not PiCacheNote.None and var note && IsOnPath(line) && line < _lastNotes[note];

    public bool IsEntry(int line) => _lines[line] is { Type: not null, IsHeader: false } && (IsLinear || _lines[line].Id is not null);

    public int Find(string? id) => id is not null && _byId.TryGetValue(id, out var index) ? index : -1;

    public int ParentOf(int line) => Find(_lines[line].Parent);

    /// <summary>The line that a compaction names as the first it kept; −1 where it names none that is there.</summary>
    public int FirstKeptOf(int compaction) =>
        IsLinear ? LineOfIndex(_lines[compaction].FirstKeptIndex) : Find(_lines[compaction].FirstKept);

    private int LastCompaction() => Path.FindLastIndex(i => _lines[i].IsCompaction) is >= 0 and var rank ? Path[rank] : -1;

    // Version 1 counts what parses as JSON, the header included.
    private int LineOfIndex(int index)
    {
        for (var i = 0; i < _lines.Count && index >= 0; i++)
        {
            if (_lines[i].Type is not null && index-- == 0)
                return _lines[i].IsHeader ? -1 : i;
        }

        return -1;
    }

    private List<int> FindPath()
    {
        var path = new List<int>();
        var seen = new HashSet<int>();
        var last = _lines.Count - 1;
        while (last >= 0 && !IsEntry(last))
            last--;
        for (var i = last; i >= 0 && seen.Add(i); i = ParentOf(i))
            path.Add(i);
        path.Reverse();
        return path;
    }
}
