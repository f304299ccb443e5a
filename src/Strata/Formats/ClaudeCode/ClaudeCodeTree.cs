namespace Strata.Formats.ClaudeCode;

/// <summary>
/// The tree that <c>parentUuid</c> makes of the lines, and the live conversation in it: the path from the last message up to the root or to
/// Claude Code's own last compaction, and what hangs on that path without beginning with another prompt (results of parallel calls).
/// </summary>
internal sealed class ClaudeCodeTree
{
    private readonly IReadOnlyList<ClaudeCodeLine> _lines;
    private readonly Dictionary<string, int> _byUuid = new(StringComparer.Ordinal);
    private readonly bool _isSubagent;
    private readonly int[] _rank;
    private readonly List<int> _places;
    private readonly int[] _previousMessage;

    // Lines that hang on another one than they say, because a compaction of Claude Code's own kept lines from before it.
    private readonly Dictionary<int, int> _moved = [];

    public ClaudeCodeTree(IReadOnlyList<ClaudeCodeLine> lines)
    {
        _lines = lines;
        _isSubagent = _lines.All(static line => !line.IsMessage || line.IsSidechain);
        _rank = new int[_lines.Count];
        _previousMessage = new int[_lines.Count];
        Array.Fill(_rank, -1);
        var previous = -1;
        for (var i = 0; i < _lines.Count; i++)
        {
            _previousMessage[i] = previous;
            if (_lines[i].Uuid is { } uuid && !_byUuid.TryAdd(uuid, i))
                Duplicates.Add(i);
            if (IsMain(i))
                previous = Duplicates.Contains(i) ? Find(_lines[i].Uuid) : i;
        }

        for (var i = 0; i < _lines.Count; i++)
        {
            if (_lines[i].Preserved is { } preserved)
                Move(i, preserved);
        }

        Path = FindPath(previous);
        for (var i = 0; i < Path.Count; i++)
            _rank[Path[i]] = i;
        Live = FindLive();
        _places = PlacesOf(Live);
    }

    /// <summary>The lines from the root to the last message, by index: messages and what stands between them in the chain.</summary>
    public List<int> Path { get; }

    /// <summary>
    /// The messages of the live conversation in their order: that of the file, but for lines that a compaction of Claude Code's own kept
    /// from before it, which stand behind its summary.
    /// </summary>
    public List<int> Live { get; }

    /// <summary>For each live message the line of the file at whose place it is written, ascending.</summary>
    public IReadOnlyList<int> Places => _places;

    /// <summary>Whether each live message stands in the file where it stands in the conversation.</summary>
    public bool IsFileOrder => Places.SequenceEqual(Live);

    /// <summary>Lines that repeat the uuid of an earlier line.</summary>
    public HashSet<int> Duplicates { get; } = [];

    /// <summary>Lines that say only what a live line says too, each with that line: they go with it.</summary>
    public Dictionary<int, int> Repeated { get; } = [];

    /// <summary>Puts a line that hangs nowhere among the live ones, where it stands in the file.</summary>
    public void Add(int line)
    {
        var index = _places.FindIndex(place => place > line) is >= 0 and var later ? later : Live.Count;
        Live.Insert(index, line);
        _places.Insert(index, line);
    }

    /// <summary>Takes a live line out of the conversation, because a later live line says all of it again.</summary>
    public void Repeat(int index, int later)
    {
        Repeated[Live[index]] = Live[later];
        Live.RemoveAt(index);
        _places.RemoveAt(index);
    }

    /// <summary>The line of this uuid; −1 when the file has none.</summary>
    public int Find(string? uuid) => uuid is not null && _byUuid.TryGetValue(uuid, out var index) ? index : -1;

    /// <summary>How far down the path a line stands; −1 when it is not on it.</summary>
    public int RankOf(int line) => _rank[line];

    /// <summary>The line that a line hangs on; −1 for a root.</summary>
    public int ParentOf(int line)
    {
        if (RankOf(line) is >= 0 and var onPath)
            return onPath == 0 ? -1 : Path[onPath - 1];
        return _lines[line].IsMessage || _moved.ContainsKey(line) ? Above(line) : Find(_lines[line].Parent);
    }

    /// <summary>Whether the line's parent is not in the file, so that the message before it in the file takes its place.</summary>
    public bool IsBridged(int line) => !_moved.ContainsKey(line) && !_lines[line].IsRoot && Find(_lines[line].Parent) < 0;

    /// <summary>
    /// Whether the line is a message of the conversation that this file is about: the main one, or a sub-agent's own file.
    /// </summary>
    public bool IsMain(int line) => _lines[line].IsMessage && IsOfThisFile(line);

    private bool IsOfThisFile(int line) => _isSubagent || !_lines[line].IsSidechain;

    private int Above(int line) => _moved.TryGetValue(line, out var above) ? above
        : _lines[line].IsRoot ? -1 : Find(_lines[line].Parent) is >= 0 and var parent ? parent : _previousMessage[line];

    /// <summary>Hangs what was kept behind the anchor, and what hung on the anchor behind what was kept.</summary>
    private void Move(int boundary, PreservedLines preserved)
    {
        var anchor = Find(preserved.Anchor);
        if (anchor < 0)
            return;
        var kept = preserved.Uuids.Count > 0 ? preserved.Uuids.Select(Find).Where(line => line >= 0 && line < boundary).ToList()
            : Segment(preserved);
        if (kept.Count == 0)
            return;
        var tail = kept[^1];
        for (var i = boundary + 1; i < _lines.Count; i++)
        {
            if (i != anchor && Find(_lines[i].Parent) == anchor)
                _moved[i] = tail;
        }

        // The newest compaction that kept a line says where it stands.
        var above = anchor;
        foreach (var line in kept)
        {
            _moved[line] = above;
            above = line;
        }
    }

    private List<int> Segment(PreservedLines preserved)
    {
        var (lines, head) = (new List<int>(), Find(preserved.Head));
        for (var line = Find(preserved.Tail); line >= 0 && lines.Count < _lines.Count; line = Find(_lines[line].Parent))
        {
            lines.Add(line);
            if (line != head)
                continue;
            lines.Reverse();
            return lines;
        }

        return [];
    }

    private List<int> FindPath(int leaf)
    {
        var path = new List<int>();
        var seen = new HashSet<int>();
        for (var line = leaf; line >= 0 && seen.Add(line);)
        {
            path.Add(line);
            if (_lines[line].Kind == ClaudeCodeLineKind.CompactBoundary)
                break;
            var above = Above(line);
            line = IsBridged(line) && BoundaryBetween(above, line) is >= 0 and var boundary ? boundary : above;
        }

        path.Reverse();
        return path;
    }

    private int BoundaryBetween(int above, int line)
    {
        for (var i = line - 1; i > above; i--)
        {
            if (_lines[i].Kind == ClaudeCodeLineKind.CompactBoundary && !_lines[i].IsSidechain)
                return i;
        }

        return -1;
    }

    private List<int> FindLive()
    {
        var live = new List<int>();
        if (Path.Count == 0)
            return live;
        var first = Path[0];
        if (IsBridged(first))
            first = 0;
        var belongs = new Dictionary<int, bool>();
        for (var i = first; i < _lines.Count; i++)
        {
            if (IsLiveMessage(i) && Belongs(i, first, belongs))
                live.Add(i);
        }

        live.InsertRange(PlaceOfKept(live, first), Path.Where(line => line < first && IsLiveMessage(line)));
        return live;
    }

    // Lines from before the first one of the path are those that a compaction kept: they follow the message that is above them on the path.
    private int PlaceOfKept(List<int> live, int first)
    {
        var kept = Path.FindIndex(line => line < first);
        for (var rank = kept - 1; rank >= 0; rank--)
        {
            if (live.IndexOf(Path[rank]) is >= 0 and var place)
                return place + 1;
        }

        return 0;
    }

    private bool IsLiveMessage(int line) => _lines[line].Kind is ClaudeCodeLineKind.Message or ClaudeCodeLineKind.Attachment
        && IsOfThisFile(line) && !Duplicates.Contains(line);

    private List<int> PlacesOf(List<int> live)
    {
        var places = new List<int>(live.Count);
        var place = Path is [var first, ..] && !IsBridged(first) ? first : -1;
        foreach (var line in live)
            places.Add(place = Math.Max(place, line));
        return places;
    }

    private bool Belongs(int line, int first, Dictionary<int, bool> known)
    {
        var walked = new List<int>();
        var belongs = true;
        for (var at = line; RankOf(at) < 0; at = Above(at))
        {
            if (known.TryGetValue(at, out belongs))
                break;
            walked.Add(at);
            known[at] = true;   // a loop of parents ends here
            belongs = _lines[at] is { Uuid: null, IsRoot: false } || !_lines[at].IsPrompt;
            if (!belongs || Above(at) < first)
                break;
        }

        foreach (var at in walked)
            known[at] = belongs;
        return belongs;
    }
}
