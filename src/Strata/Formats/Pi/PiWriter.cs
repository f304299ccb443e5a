using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Pi;

/// <summary>Writes a session back: kept lines byte for byte, changed and relinked ones with only those values replaced, new entries for the rest.</summary>
internal sealed class PiWriter
{
    private readonly PiDocument document;
    private readonly PiTree tree;
    private readonly IReadOnlyList<OutgoingMessage> messages;   // without the compaction's summary, which stays where it is in the file
    private readonly OutgoingMessage? compaction;
    private readonly List<OutputLine> order;
    private readonly bool[] isKept;
    private readonly string?[] ids;
    private readonly Dictionary<int, int> heirs = [];   // the entry whose id a new line took → that output line
    private readonly Dictionary<int, string?> parents = [];

    public PiWriter(PiDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        (this.document, tree) = (document, document.Tree);
        var skip = document.StartsWithCompaction ? 1 : 0;
        compaction = skip == 0 ? null : messages.Where(static message => message.SourceIndex == 0).Cast<OutgoingMessage?>().FirstOrDefault();
        this.messages =
        [
            .. messages.Where(message => skip == 0 || message.SourceIndex != 0).Select(message => message with
            {
                SourceIndex = message.SourceIndex < 0 ? -1 : message.SourceIndex - skip,
                Replaces = message.Replaces is null ? null : [.. message.Replaces.Where(index => index >= skip).Select(index => index - skip)],
            }),
        ];
        order = LineOrder.Of(document.Lines.Count, tree.Live, this.messages, static _ => false);
        KeepPathLast();
        isKept = new bool[document.Lines.Count];
        foreach (var line in order.Where(static line => line.Entry >= 0))
            isKept[line.Entry] = true;
        ids = tree.IsLinear ? new string?[order.Count] : NameLines();
        if (!tree.IsLinear)
            LinkLines();
    }

    public async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(document.File.Preamble, cancellationToken).ConfigureAwait(false);
        var writer = new LineWriter(output, document.File.NewLine);
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i].Entry >= 0)
            {
                var entry = document.File.Entries[order[i].Entry];
                await writer.WriteAsync(Line(i, entry), entry.Line, cancellationToken).ConfigureAwait(false);
                continue;
            }

            await writer.WriteNewAsync(NewLine(i), cancellationToken).ConfigureAwait(false);
        }
    }

    // pi resumes from the last entry of a file. Where everything behind an abandoned branch is gone, that branch moves up.
    private void KeepPathLast()
    {
        var last = order.FindLastIndex(line => line.Entry < 0 || tree.IsOnPath(line.Entry));
        if (last < 0)
            return;
        var moved = order.Skip(last + 1).Where(line => tree.IsEntry(line.Entry)).ToList();
        if (moved.Count == 0)
            return;
        order.RemoveAll(line => moved.Contains(line));
        order.InsertRange(last, moved);
    }

    private string?[] NameLines()
    {
        var names = new string?[order.Count];
        var taken = document.Lines.Select(static line => line.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i].Entry >= 0)
            {
                names[i] = document.Lines[order[i].Entry].Id;
                continue;
            }

            var message = messages[order[i].Outgoing];
            var replaced = (message.Replaces ?? []).Select(index => tree.Live[index]).LastOrDefault(entry => !isKept[entry] && !heirs.ContainsKey(entry), -1);
            if (replaced >= 0)
            {
                heirs[replaced] = i;
                names[i] = document.Lines[replaced].Id;
                continue;
            }

            for (var salt = 0; names[i] is null; salt++)
            {
                var id = StableId.Hex(8, names.ElementAtOrDefault(i - 1) ?? "", message.Message.Text, salt.ToString(CultureInfo.InvariantCulture));
                names[i] = taken.Add(id) ? id : null;
            }
        }

        return names;
    }

    private void LinkLines()
    {
        string? above = null;
        for (var i = 0; i < order.Count; i++)
        {
            var entry = order[i].Entry;
            if (entry >= 0 && !tree.IsOnPath(entry))
            {
                if (tree.ParentOf(entry) is >= 0 and var parent && !isKept[parent] && !heirs.ContainsKey(parent))
                    parents[i] = NearestAbove(parent);
                continue;
            }

            var isRoot = entry >= 0 && above is null && tree.ParentOf(entry) < 0;
            if (!isRoot && (entry < 0 || !string.Equals(document.Lines[entry].Parent, above, StringComparison.Ordinal)))
                parents[i] = above;
            above = ids[i];
        }
    }

    private string? NearestAbove(int entry)
    {
        var steps = document.Lines.Count;   // a loop of parents ends here
        for (var at = entry; at >= 0 && steps-- > 0; at = tree.ParentOf(at))
        {
            if (isKept[at] || heirs.ContainsKey(at))
                return document.Lines[at].Id;
        }

        return null;
    }

    private ReadOnlyMemory<byte> Line(int index, JsonlEntry entry)
    {
        if (!entry.IsObject)
            return entry.Raw;
        var edits = new JsonEdits(entry.Json);
        var line = document.Lines[order[index].Entry];
        if (order[index].Outgoing is >= 0 and var outgoing)
            Change(edits, line, document.StartsWithCompaction ? messages[outgoing].SourceIndex + 1 : messages[outgoing].SourceIndex, messages[outgoing].Message);
        if (parents.TryGetValue(index, out var parent))
            edits.Set(edits.Root, "parentId"u8, parent is null ? "null"u8.ToArray() : JsonOutput.Text(parent));
        if (tree.Find(line.Target) is >= 0 and var target && !isKept[target] && !heirs.ContainsKey(target) && NearestAbove(target) is { } other)
            edits.Set(edits.Root, line.Type is "label" ? "targetId"u8 : "fromId"u8, JsonOutput.Text(other));
        if (line.IsCompaction)
            ChangeCompaction(edits, index);
        if (edits.IsEmpty)
            return entry.Raw;
        return (byte[])[.. entry.Raw.Span[..entry.JsonStart], .. edits.Apply(), .. entry.Raw.Span[(entry.JsonStart + entry.JsonLength)..]];
    }

    private void Change(JsonEdits edits, PiLine line, int source, ChatMessage target)
    {
        if (MessageChange.IsChanged(document.Messages[source], target))
            PiEdits.Apply(edits, line, document.Messages[source], target);
    }

    /// <summary>
    /// A compaction whose summary is cut stays as an empty one: without it, all that it had compacted would come back. What it names as the
    /// first entry kept follows the entries.
    /// </summary>
    private void ChangeCompaction(JsonEdits edits, int index)
    {
        var entry = order[index].Entry;
        if (entry == tree.Compaction && document.StartsWithCompaction)
        {
            if (compaction is { } kept)
                Change(edits, document.Lines[entry], 0, kept.Message);
            else
                edits.Set(edits.Root, "summary"u8, "\"\""u8.ToArray());
        }

        var firstKept = tree.FirstKeptOf(entry);
        if (firstKept < 0)
            return;
        var first = FirstKeptLine(index, firstKept);
        if (!tree.IsLinear)
        {
            if (!string.Equals(document.Lines[entry].FirstKept, ids[first], StringComparison.Ordinal))
                edits.Set(edits.Root, "firstKeptEntryId"u8, JsonOutput.Text(ids[first] ?? ""));
            return;
        }

        var number = order.Take(first).Count(line => line.Entry < 0 || document.Lines[line.Entry].Type is not null);
        if (number != document.Lines[entry].FirstKeptIndex)
            edits.Set(edits.Root, "firstKeptEntryIndex"u8, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>The first line that stands where the compaction began to keep; the compaction itself, which keeps nothing, where none is left.</summary>
    private int FirstKeptLine(int compactionLine, int firstKept)
    {
        var place = -1;
        for (var i = 0; i < compactionLine; i++)
        {
            var entry = order[i].Entry;
            place = entry >= 0 ? entry : Math.Max(place, LineOrder.PlaceOf(messages[order[i].Outgoing], tree.Live));
            var isEntry = entry < 0 || (tree.IsEntry(entry) && tree.IsOnPath(entry));
            if (isEntry && (place >= firstKept || (entry < 0 && IsBeforeFirstKept(i, firstKept))))
                return i;
        }

        return compactionLine;
    }

    // A new message that stands before all that was kept is itself kept.
    private bool IsBeforeFirstKept(int line, int firstKept) =>
        tree.Live is [var first, ..] && first >= firstKept && !order.Take(line).Any(other => other.Outgoing >= 0);

    private byte[] NewLine(int index)
    {
        var message = messages[order[index].Outgoing];
        parents.TryGetValue(index, out var parent);
        var lines = PiNewLine.Split(message.Message).ToList();
        var json = new List<byte>();
        for (var i = 0; i < lines.Count; i++)
        {
            var isLast = i == lines.Count - 1;
            var id = ids[index] is null ? null : isLast ? ids[index] : StableId.Hex(8, ids[index]!, i.ToString(CultureInfo.InvariantCulture));
            json.AddRange(PiNewLine.Entry(lines[i], new PiEntryFrame(id, parent, TimeOf(index), document.Model), ToolName));
            if (!isLast)
                json.AddRange(document.File.NewLine.Span);
            parent = id;
        }

        return [.. json];
    }

    private DateTimeOffset TimeOf(int index)
    {
        var message = messages[order[index].Outgoing];
        var like = message.Replaces is [.., var last] ? tree.Live[last] : order.Take(index).LastOrDefault(static line => line.Entry >= 0, new OutputLine(-1, -1)).Entry;
        if (like < 0 || !document.File.Entries[like].IsObject)
            return message.Message.CreatedAt ?? DateTimeOffset.UnixEpoch;
        using var line = document.File.Entries[like].Parse();
        return line.RootElement.Time("timestamp"u8) ?? DateTimeOffset.UnixEpoch;
    }

    private string? ToolName(string callId) =>
        document.Messages.SelectMany(static message => message.Contents).OfType<FunctionCallContent>()
            .LastOrDefault(call => string.Equals(call.CallId, callId, StringComparison.Ordinal))?.Name;
}
