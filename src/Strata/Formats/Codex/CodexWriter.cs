using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.Codex;

/// <summary>
/// Writes a rollout back: kept lines byte for byte, changed ones with only those values replaced, new items for the rest.
/// </summary>
internal sealed class CodexWriter(CodexDocument document, IReadOnlyList<OutgoingMessage> messages)
{
    private readonly List<OutputLine> _order = LineOrder.Of(document.Lines.Count, document.Live, messages, static _ => false);

    public async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(document.File.Preamble, cancellationToken).ConfigureAwait(false);
        var writer = new LineWriter(output, document.File.NewLine);
        var reset = MakeRoomForReset();
        for (var i = 0; i < _order.Count; i++)
        {
            if (i == reset)
                await writer.WriteNewAsync(CodexNewLine.Reset(LikeOf(i)), cancellationToken).ConfigureAwait(false);
            if (_order[i].Entry >= 0)
            {
                var entry = document.File.Entries[_order[i].Entry];
                await writer.WriteAsync(Line(_order[i], entry), entry.Line, cancellationToken).ConfigureAwait(false);
                continue;
            }

            var isBare = document.Live is [var first, ..] && document.Lines[first].IsBare;
            foreach (var item in CodexNewItem.Items(messages[_order[i].Outgoing].Message, keepReasoning: true))
                await writer.WriteNewAsync(CodexNewLine.Item(item, isBare, LikeOf(i)), cancellationToken).ConfigureAwait(false);
        }

        if (reset == _order.Count)
            await writer.WriteNewAsync(CodexNewLine.Reset(LikeOf(reset)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Where Codex's own compaction is cut, all that it had compacted would come back: everything before it moves up behind the start of
    /// the file, and an empty compaction follows.
    /// </summary>
    /// <returns>Before which line the empty compaction belongs; −1 when none is needed.</returns>
    private int MakeRoomForReset()
    {
        var compaction = document.Live.FindLastIndex(entry => document.Lines[entry].Kind == CodexLineKind.Compacted);
        if (compaction < 0)
            return -1;
        if (messages.Any(message => message.SourceIndex == compaction))
        {
            MoveNewBehind(document.Live[compaction]);
            return -1;
        }

        var boundary = document.Live[compaction];
        var before = _order.Where(line => line.Outgoing < 0 && line.Entry < boundary).ToList();
        _order.RemoveAll(line => line.Outgoing < 0 && line.Entry < boundary);
        _order.InsertRange(0, before);
        return before.Count;
    }

    // Before a compaction Codex keeps nothing, or the user's messages only: what is new there would be lost.
    private void MoveNewBehind(int boundary)
    {
        var place = _order.FindIndex(line => line.Entry == boundary);
        var moved = _order.Take(place).Where(line =>
            line.Entry < 0 && (document.Lines[boundary].HasReplacement || messages[line.Outgoing].Message.Role != ChatRole.User)).ToList();
        _order.InsertRange(place + 1, moved);
        foreach (var line in moved)
            _order.Remove(line);
    }

    private ReadOnlyMemory<byte> Line(OutputLine line, JsonlEntry entry)
    {
        if (line.Outgoing < 0)
            return entry.Raw;
        var (source, target) = (document.Messages[messages[line.Outgoing].SourceIndex], messages[line.Outgoing].Message);
        if (!MessageChange.IsChanged(source, target))
            return entry.Raw;
        var edits = new JsonEdits(entry.Json);
        CodexEdits.Apply(edits, document.Lines[line.Entry], source, target);
        return (byte[])[.. entry.Raw.Span[..entry.JsonStart], .. edits.Apply(), .. entry.Raw.Span[(entry.JsonStart + entry.JsonLength)..]];
    }

    /// <summary>The time that a new line takes over: of the last line it replaces, or of the line before it.</summary>
    private string LikeOf(int index)
    {
        if (index < _order.Count && _order[index] is { Entry: < 0, Outgoing: var outgoing }
            && messages[outgoing].Replaces is [.., var last])
            return TimeOf(document.Live[last]) ?? CodexNewLine.NoTime;
        for (var i = Math.Min(index, _order.Count) - 1; i >= 0; i--)
        {
            if (_order[i].Entry >= 0 && TimeOf(_order[i].Entry) is { } time)
                return time;
        }

        return CodexNewLine.NoTime;
    }

    private string? TimeOf(int entry)
    {
        if (!document.File.Entries[entry].IsObject)
            return null;
        using JsonDocument line = document.File.Entries[entry].Parse();
        return line.RootElement.Text("timestamp"u8);
    }
}
