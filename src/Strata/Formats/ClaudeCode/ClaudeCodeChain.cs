using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.ClaudeCode;

/// <summary>
/// The <c>parentUuid</c> chain of the output. A kept line hangs on its nearest kept ancestor; a summary takes the uuid of the last line of
/// the path that it replaces, so that what hung on that line stays as it is.
/// </summary>
internal sealed class ClaudeCodeChain
{
    private readonly ClaudeCodeDocument _document;
    private readonly ClaudeCodeTree _tree;
    private readonly IReadOnlyList<OutputLine> _order;
    private readonly IReadOnlyList<OutgoingMessage> _messages;
    private readonly bool[] _isKept;
    private readonly Dictionary<int, int> _heirs = [];   // output line → the entry whose uuid it took
    private readonly Dictionary<int, int> _inherited = [];   // the other way round
    private readonly Dictionary<int, string?> _parents = [];   // output line → its new parentUuid

    public ClaudeCodeChain(ClaudeCodeDocument document, IReadOnlyList<OutputLine> order, IReadOnlyList<OutgoingMessage> messages)
    {
        (_document, _tree, _order, _messages) = (document, document.Tree, order, messages);
        _isKept = new bool[_document.Lines.Count];
        foreach (var line in _order)
        {
            if (line.Entry >= 0)
                _isKept[line.Entry] = true;
        }

        Uuids = NameNewLines();
        LinkPath(OutputPath());
        LinkOthers();
    }

    /// <summary>The uuid of each line of the output.</summary>
    public IReadOnlyList<string?> Uuids { get; }

    /// <summary>The parentUuid that a line must get; false where its own stays.</summary>
    public bool TryGetParent(int line, out string? uuid) => _parents.TryGetValue(line, out uuid);

    /// <summary>
    /// What a reference to another line must become; null where it may stay (that line is still there, or never was, or nothing is above
    /// it).
    /// </summary>
    public string? Redirect(string? uuid) => _tree.Find(uuid) is >= 0 and var named && !Exists(named, _order.Count)
        ? NearestAbove(named, _order.Count)
        : null;

    /// <summary>
    /// Whether the uuid of an entry is one that <paramref name="line"/> can hang on: that of a kept entry or of a new line before it.
    /// </summary>
    private bool Exists(int entry, int line) => _isKept[entry] || (_inherited.TryGetValue(entry, out var heir) && heir < line);

    private string?[] NameNewLines()
    {
        var uuids = new string?[_order.Count];
        var session = _document.Lines.FirstOrDefault(static line => line.Uuid is not null)?.Uuid ?? "";
        for (var i = 0; i < _order.Count; i++)
        {
            if (_order[i].Entry >= 0)
            {
                uuids[i] = _document.Lines[_order[i].Entry].Uuid;
                continue;
            }

            var message = _messages[_order[i].Outgoing];
            if (EntryToInherit(message.Replaces ?? []) is >= 0 and var entry)
            {
                _inherited[entry] = i;
                _heirs[i] = entry;
                uuids[i] = _document.Lines[entry].Uuid;
            }
            else
            {
                uuids[i] = StableId.Uuid(session, i > 0 ? uuids[i - 1] ?? "" : "", message.Message.Role.Value, message.Message.Text);
            }
        }

        return uuids;
    }

    private int EntryToInherit(IReadOnlyList<int> replaced)
    {
        var fallback = -1;
        for (var i = replaced.Count - 1; i >= 0; i--)
        {
            var entry = _tree.Live[replaced[i]];
            if (_document.Lines[entry].Uuid is null || Exists(entry, _order.Count))
                continue;
            if (_tree.RankOf(entry) >= 0)
                return entry;
            fallback = fallback < 0 ? entry : fallback;
        }

        return fallback;
    }

    /// <summary>The output lines that form the new path, root first.</summary>
    private List<int> OutputPath()
    {
        var nodes = new List<(int Rank, int Line)>();
        var lowest = _tree.Path.FindIndex(entry => _document.Lines[entry].Kind == ClaudeCodeLineKind.Message) - 1;
        var isFileOrder = _tree.Path.Zip(_tree.Path.Skip(1)).All(static step => step.First < step.Second);
        var rank = lowest;   // of the path down to here in the file
        var last = -1;
        for (var i = 0; i < _order.Count; i++)
        {
            if (_order[i].Entry < 0 || IsCutLoose(i))
            {
                nodes.Add((rank, i));
            }
            else if (_tree.RankOf(_order[i].Entry) is >= 0 and var own)
            {
                nodes.Add((isFileOrder ? Math.Max(rank, own) : own, i));
                rank = Math.Max(rank, own);
            }

            if (IsMainMessage(_order[i]))
                last = i;
        }

        var path = nodes.OrderBy(static node => node.Rank).Select(static node => node.Line).ToList();
        var end = path.FindLastIndex(line => IsMainMessage(_order[line]));
        if (last >= 0 && (end < 0 || path[end] != last))
        {
            // The last message of the file is where a reader starts to walk up.
            path.Remove(last);
            path.Insert(path.FindLastIndex(line => IsMainMessage(_order[line])) + 1, last);
        }

        return path;
    }

    // A result of a parallel call whose line to hang on is gone: it would be in no branch, so it joins the path.
    private bool IsCutLoose(int line) =>
        _order[line] is { Outgoing: >= 0, Entry: var entry } && _tree.RankOf(entry) < 0
        && _tree.ParentOf(entry) is >= 0 and var parent && !Exists(parent, line);

    private bool IsMainMessage(OutputLine line) => line.Entry < 0 || (_tree.IsMain(line.Entry) && !_tree.Duplicates.Contains(line.Entry));

    private void LinkPath(List<int> path)
    {
        string? above = null;
        var previous = -1;
        foreach (var line in path)
        {
            if (!KeepsParent(_order[line].Entry, previous, above))
                _parents[line] = above;
            above = Uuids[line] ?? above;
            previous = line;
        }
    }

    private bool KeepsParent(int entry, int previous, string? above)
    {
        if (entry < 0)
            return false;
        var source = _tree.ParentOf(entry);
        if (previous < 0)
            return source < 0 || _document.Lines[entry].IsRoot;
        if (above is not null && string.Equals(_document.Lines[entry].Parent, above, StringComparison.Ordinal))
            return true;
        return _tree.IsBridged(entry) && source >= 0
            && (_order[previous].Entry == source || (_heirs.TryGetValue(previous, out var heir) && heir == source));
    }

    private void LinkOthers()
    {
        for (var i = 0; i < _order.Count; i++)
        {
            var entry = _order[i].Entry;
            if (entry < 0 || _parents.ContainsKey(i) || _tree.RankOf(entry) >= 0)
                continue;
            var parent = _tree.ParentOf(entry);
            if (parent >= 0 && !Exists(parent, i))
                _parents[i] = NearestAbove(parent, i);
        }
    }

    private string? NearestAbove(int entry, int line)
    {
        var steps = _document.Lines.Count;   // a loop of parents ends here
        for (var at = entry; at >= 0 && steps-- > 0; at = _tree.ParentOf(at))
        {
            if (Exists(at, line) && _document.Lines[at].Uuid is { } uuid)
                return uuid;
        }

        return null;
    }
}
