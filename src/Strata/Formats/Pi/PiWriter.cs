using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.Pi;

/// <summary>
/// Writes a session back: kept lines byte for byte, changed and relinked ones with only those values replaced, new entries for the rest.
/// </summary>
internal sealed class PiWriter
{
    private readonly PiDocument _document;
    private readonly PiTree _tree;
    private readonly IReadOnlyList<OutgoingMessage> _messages;   // without the compaction's summary, which stays where it is in the file
    private readonly OutgoingMessage? _compaction;
    private readonly List<OutputLine> _order;
    private readonly bool[] _isKept;
    private readonly string?[] _ids;
    private readonly Dictionary<int, int> _heirs = [];   // the entry whose id a new line took → that output line
    private readonly Dictionary<int, string?> _parents = [];

    public PiWriter(PiDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        (_document, _tree) = (document, document.Tree);
        var skip = _document.StartsWithCompaction ? 1 : 0;
        _compaction =
            skip == 0 ? null : messages.Where(static message => message.SourceIndex == 0).Cast<OutgoingMessage?>().FirstOrDefault();
        if (skip > 0 && _compaction is null && messages is [{ SourceIndex: < 0, Replaces: [0, ..] } instead, ..])
            (_compaction, messages) = (instead, [.. messages.Skip(1)]);
        _messages =
        [
            .. messages.Where(message => skip == 0 || message.SourceIndex != 0).Select(message => message with
            {
                SourceIndex = message.SourceIndex < 0 ? -1 : message.SourceIndex - skip,
                Replaces =
                    message.Replaces is null ? null : [.. message.Replaces.Where(index => index >= skip).Select(index => index - skip)],
            }),
        ];
        var isCut = _messages.Count < _tree.Live.Count || _messages.Any(static message => message.SourceIndex < 0);
        _order = LineOrder.Of(_document.Lines.Count, _tree.Live, _messages, line => isCut && _tree.IsRepeated(line));
        KeepPathLast();
        _isKept = new bool[_document.Lines.Count];
        foreach (var line in _order.Where(static line => line.Entry >= 0))
            _isKept[line.Entry] = true;
        _ids = _tree.IsLinear ? new string?[_order.Count] : NameLines();
        if (!_tree.IsLinear)
            LinkLines();
    }

    public async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_document.File.Preamble, cancellationToken).ConfigureAwait(false);
        var writer = new LineWriter(output, _document.File.NewLine);
        for (var i = 0; i < _order.Count; i++)
        {
            if (_order[i].Entry >= 0)
            {
                var entry = _document.File.Entries[_order[i].Entry];
                await writer.WriteAsync(Line(i, entry), entry.Line, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await writer.WriteNewAsync(NewLine(i), cancellationToken).ConfigureAwait(false);
        }
    }

    // pi resumes from the last entry of a file. Where everything behind an abandoned branch is gone, that branch moves up.
    private void KeepPathLast()
    {
        var last = _order.FindLastIndex(line => line.Entry < 0 || _tree.IsOnPath(line.Entry));
        if (last < 0)
            return;
        var moved = _order.Skip(last + 1).Where(line => _tree.IsEntry(line.Entry)).ToList();
        if (moved.Count == 0)
            return;
        _order.RemoveAll(line => moved.Contains(line));
        _order.InsertRange(last, moved);
    }

    private string?[] NameLines()
    {
        var names = new string?[_order.Count];
        var taken = _document.Lines.Select(static line => line.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < _order.Count; i++)
        {
            if (_order[i].Entry >= 0)
            {
                names[i] = _document.Lines[_order[i].Entry].Id;
                continue;
            }

            var message = _messages[_order[i].Outgoing];
            var replaced = (message.Replaces ?? []).Select(index => _tree.Live[index])
                .LastOrDefault(entry => !_isKept[entry] && !_heirs.ContainsKey(entry), -1);
            if (replaced >= 0)
            {
                _heirs[replaced] = i;
                names[i] = _document.Lines[replaced].Id;
                continue;
            }

            for (var salt = 0; names[i] is null; salt++)
            {
                var id = StableId.Hex(
                    8, names.ElementAtOrDefault(i - 1) ?? "", message.Message.Text, salt.ToString(CultureInfo.InvariantCulture));
                names[i] = taken.Add(id) ? id : null;
            }
        }

        return names;
    }

    private void LinkLines()
    {
        string? above = null;
        for (var i = 0; i < _order.Count; i++)
        {
            var entry = _order[i].Entry;
            if (entry >= 0 && !_tree.IsOnPath(entry))
            {
                if (_tree.ParentOf(entry) is >= 0 and var parent && !_isKept[parent] && !_heirs.ContainsKey(parent))
                    _parents[i] = NearestAbove(parent);
                continue;
            }

            var isRoot = entry >= 0 && above is null && _tree.ParentOf(entry) < 0;
            if (!isRoot && (entry < 0 || !string.Equals(_document.Lines[entry].Parent, above, StringComparison.Ordinal)))
                _parents[i] = above;
            above = _ids[i];
        }
    }

    private string? NearestAbove(int entry)
    {
        var steps = _document.Lines.Count;   // a loop of parents ends here
        for (var at = entry; at >= 0 && steps-- > 0; at = _tree.ParentOf(at))
        {
            if (_isKept[at] || _heirs.ContainsKey(at))
                return _document.Lines[at].Id;
        }

        return null;
    }

    private ReadOnlyMemory<byte> Line(int index, JsonlEntry entry)
    {
        if (!entry.IsObject)
            return entry.Raw;
        var edits = new JsonEdits(entry.Json);
        var line = _document.Lines[_order[index].Entry];
        if (_order[index].Outgoing is >= 0 and var outgoing)
            Change(edits, line, _document.StartsWithCompaction ? _messages[outgoing].SourceIndex + 1 : _messages[outgoing].SourceIndex,
                _messages[outgoing].Message);
        if (_parents.TryGetValue(index, out var parent))
            edits.Set(edits.Root, "parentId"u8, parent is null ? "null"u8.ToArray() : JsonOutput.Text(parent));
        if (_tree.Find(line.Target) is >= 0 and var target && !_isKept[target] && !_heirs.ContainsKey(target)
            && NearestAbove(target) is { } other)
            edits.Set(edits.Root, line.Type is "label" ? "targetId"u8 : "fromId"u8, JsonOutput.Text(other));
        if (line.IsCompaction)
            ChangeCompaction(edits, index);
        if (edits.IsEmpty)
            return entry.Raw;
        return (byte[])[.. entry.Raw.Span[..entry.JsonStart], .. edits.Apply(), .. entry.Raw.Span[(entry.JsonStart + entry.JsonLength)..]];
    }

    private void Change(JsonEdits edits, PiLine line, int source, ChatMessage target)
    {
        if (MessageChange.IsChanged(_document.Messages[source], target))
            PiEdits.Apply(edits, line, _document.Messages[source], target);
    }

    /// <summary>
    /// A compaction whose summary is replaced by the first message takes that one's text. One whose summary is cut stays as an empty one:
    /// without it, all that it had compacted would come back. What it names as the first entry kept follows the entries.
    /// </summary>
    private void ChangeCompaction(JsonEdits edits, int index)
    {
        var entry = _order[index].Entry;
        if (entry == _tree.Compaction && _document.StartsWithCompaction)
        {
            if (_compaction is { SourceIndex: < 0 } instead)
                PiEdits.Replace(edits, instead.Message);
            else if (_compaction is { } kept)
                Change(edits, _document.Lines[entry], 0, kept.Message);
            else
                edits.Set(edits.Root, "summary"u8, "\"\""u8.ToArray());
        }

        var firstKept = _tree.FirstKeptOf(entry);
        if (firstKept < 0)
            return;
        var first = FirstKeptLine(index, firstKept);
        if (!_tree.IsLinear)
        {
            if (!string.Equals(_document.Lines[entry].FirstKept, _ids[first], StringComparison.Ordinal))
                edits.Set(edits.Root, "firstKeptEntryId"u8, JsonOutput.Text(_ids[first] ?? ""));
            return;
        }

        var number = _order.Take(first).Count(line => line.Entry < 0 || _document.Lines[line.Entry].Type is not null);
        if (number != _document.Lines[entry].FirstKeptIndex)
            edits.Set(edits.Root, "firstKeptEntryIndex"u8, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>
    /// The first line that stands where the compaction began to keep; the compaction itself, which keeps nothing, where none is left.
    /// </summary>
    private int FirstKeptLine(int compactionLine, int firstKept)
    {
        var place = -1;
        for (var i = 0; i < compactionLine; i++)
        {
            var entry = _order[i].Entry;
            place = entry >= 0 ? entry : Math.Max(place, LineOrder.PlaceOf(_messages[_order[i].Outgoing], _tree.Live));
            var isEntry = entry < 0 || (_tree.IsEntry(entry) && _tree.IsOnPath(entry));
            if (isEntry && (place >= firstKept || (entry < 0 && IsBeforeFirstKept(i, firstKept))))
                return i;
        }

        return compactionLine;
    }

    // A new message that stands before all that was kept is itself kept.
    private bool IsBeforeFirstKept(int line, int firstKept) =>
        _tree.Live is [var first, ..] && first >= firstKept && !_order.Take(line).Any(other => other.Outgoing >= 0);

    private byte[] NewLine(int index)
    {
        var message = _messages[_order[index].Outgoing];
        _parents.TryGetValue(index, out var parent);
        var lines = PiNewLine.Split(message.Message).ToList();
        var json = new List<byte>();
        for (var i = 0; i < lines.Count; i++)
        {
            var isLast = i == lines.Count - 1;
            var id =
                _ids[index] is null ? null : isLast ? _ids[index] : StableId.Hex(8, _ids[index]!, i.ToString(CultureInfo.InvariantCulture));
            json.AddRange(PiNewLine.Entry(lines[i], new PiEntryFrame(id, parent, TimeOf(index), _document.Model), ToolName));
            if (!isLast)
                json.AddRange(_document.File.NewLine.Span);
            parent = id;
        }

        return [.. json];
    }

    private DateTimeOffset TimeOf(int index)
    {
        var message = _messages[_order[index].Outgoing];
        var like = message.Replaces is [.., var last] ? _tree.Live[last]
            : _order.Take(index).LastOrDefault(static line => line.Entry >= 0, new OutputLine(-1, -1)).Entry;
        if (like < 0 || !_document.File.Entries[like].IsObject)
            return message.Message.CreatedAt ?? DateTimeOffset.UnixEpoch;
        using var line = _document.File.Entries[like].Parse();
        return line.RootElement.Time("timestamp"u8) ?? DateTimeOffset.UnixEpoch;
    }

    private string? ToolName(string callId) =>
        _document.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>()
            .LastOrDefault(call => string.Equals(call.CallId, callId, StringComparison.Ordinal))?.Name;
}
