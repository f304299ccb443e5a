using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.ClaudeCode;

/// <summary>
/// Writes a session back: kept lines byte for byte, changed and relinked ones with only those values replaced, new lines for the rest.
/// </summary>
internal sealed class ClaudeCodeWriter
{
    private readonly ClaudeCodeDocument _document;
    private readonly IReadOnlyList<OutgoingMessage> _messages;
    private readonly List<OutputLine> _order;
    private readonly ClaudeCodeChain _chain;

    private readonly HashSet<int> _live;

    // Nothing was changed: then kept lines stay where Claude Code left them, and not only their bytes but their order is that of the file.
    private readonly bool _isAsRead;

    public ClaudeCodeWriter(ClaudeCodeDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        (_document, _messages) = (document, messages);
        var tree = _document.Tree;
        var untouched = _messages.Where(IsUntouched).Select(message => tree.Live[message.SourceIndex]).ToHashSet();
        _live = tree.Live.ToHashSet();
        _isAsRead = !_document.IsLean && _messages.Count == _live.Count
            && _messages.Select((message, i) => message.SourceIndex == i && IsUntouched(message)).All(same => same);

        // A copy of a line goes with it: left behind, it would take the place of the line that was cut.
        _order = LineOrder.Of(
            _document.Lines.Count, tree.Live, _messages,
            entry => (_document.IsLean && _document.Lines[entry].IsRecord)
                || (Original(entry) is { } original && !untouched.Contains(original)),
            tree.Places);
        KeepLiveMessageLast();
        _chain = new ClaudeCodeChain(_document, _order, _messages);
    }

    public async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(_document.File.Preamble, cancellationToken).ConfigureAwait(false);
        var writer = new LineWriter(output, _document.File.NewLine);
        foreach (var entry in _isAsRead ? _document.File.Entries : [])
            await writer.WriteAsync(entry.Raw, entry.Line, cancellationToken).ConfigureAwait(false);
        if (_isAsRead)
            return;
        for (var i = 0; i < _order.Count; i++)
        {
            if (_order[i].Entry < 0)
            {
                await writer.WriteNewAsync(NewLine(i), cancellationToken).ConfigureAwait(false);
                continue;
            }

            var entry = _document.File.Entries[_order[i].Entry];
            await writer.WriteAsync(Line(i, entry), entry.Line, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The live line that says the same as this one; null where there is none.</summary>
    private int? Original(int entry)
    {
        var tree = _document.Tree;
        if (tree.Repeated.TryGetValue(entry, out var later))
            return Original(later) ?? later;
        return tree.Duplicates.Contains(entry) && tree.Find(_document.Lines[entry].Uuid) is var first && _live.Contains(first)
            ? first
            : null;
    }

    private bool IsUntouched(OutgoingMessage message) =>
        message.SourceIndex >= 0 && !MessageChange.IsChanged(_document.Messages[message.SourceIndex], message.Message);

    // Claude Code resumes from the last message of a file. Where everything live behind an abandoned branch is gone, that branch moves up.
    private void KeepLiveMessageLast()
    {
        var last =
            _order.FindLastIndex(line => line.Outgoing >= 0 || (line.Entry >= 0 && _document.Tree.RankOf(line.Entry) >= 0 && IsMain(line)));
        if (last < 0)
            return;
        var moved = _order.Skip(last + 1).Where(IsMain).ToList();
        if (moved.Count == 0)
            return;
        _order.RemoveAll(line => moved.Contains(line));
        _order.InsertRange(last, moved);
    }

    private bool IsMain(OutputLine line) =>
        line.Entry >= 0 && _document.Tree.IsMain(line.Entry) && !_document.Tree.Duplicates.Contains(line.Entry);

    private ReadOnlyMemory<byte> Line(int index, JsonlEntry entry)
    {
        if (!entry.IsObject)
            return entry.Raw;
        var edits = new JsonEdits(entry.Json);
        var line = _document.Lines[_order[index].Entry];
        if (_order[index].Outgoing is >= 0 and var outgoing && !IsUntouched(_messages[outgoing]))
            ClaudeCodeEdits.Apply(edits, _document.Messages[_messages[outgoing].SourceIndex], _messages[outgoing].Message);
        if (_chain.TryGetParent(index, out var parent))
            edits.Set(edits.Root, "parentUuid"u8, parent is null ? "null"u8.ToArray() : JsonOutput.Text(parent));
        if (Forgets(_order[index].Entry) && edits.Member(edits.Root, "compactMetadata"u8) is { } metadata)
        {
            using var read = JsonDocument.Parse(metadata.In(edits.Json).ToArray());
            edits.Replace(metadata, WithoutPreserved(read.RootElement));
        }

        Redirect(edits, "logicalParentUuid"u8, line.LogicalParent);
        Redirect(edits, "leafUuid"u8, line.Leaf);
        Redirect(edits, "sourceToolAssistantUUID"u8, line.ToolSource);
        if (edits.IsEmpty)
            return entry.Raw;
        var json = edits.Apply();
        return (byte[])[.. entry.Raw.Span[..entry.JsonStart], .. json, .. entry.Raw.Span[(entry.JsonStart + entry.JsonLength)..]];
    }

    // What was kept stands behind the summary as a line among others; a list of it would move it once more, or name lines that are gone.
    private bool Forgets(int entry) => _document.Lines[entry].Preserved is { } preserved
        && (_document.Tree.RankOf(entry) >= 0
            || preserved.Uuids.Any(uuid => _document.Tree.Find(uuid) is >= 0 and var kept && _live.Contains(kept)));

    private static byte[] WithoutPreserved(JsonElement metadata) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in metadata.EnumerateObject())
        {
            if (!member.NameEquals(PreservedLines.Messages) && !member.NameEquals(PreservedLines.Segment))
                member.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    private void Redirect(JsonEdits edits, ReadOnlySpan<byte> name, string? uuid)
    {
        if (_chain.Redirect(uuid) is { } other)
            edits.Set(edits.Root, name, JsonOutput.Text(other));
    }

    private byte[] NewLine(int index)
    {
        var message = _messages[_order[index].Outgoing];
        _chain.TryGetParent(index, out var parent);
        var uuid = _chain.Uuids[index] ?? throw new InvalidOperationException("A new line has no uuid.");
        var nearest = message.Replaces is [.., var last] ? _document.Tree.Live[last] : NearestEntry(index);
        var isSummary = message.Replaces is not null && message.Message.Role == ChatRole.User;
        using var like = nearest < 0
            ? JsonDocument.Parse(ClaudeCodeNewLine.Session(uuid))
            : _document.File.Entries[nearest].Parse();
        return ClaudeCodeNewLine.Write(message.Message, uuid, parent, like.RootElement, _document.Model, isSummary, keepReasoning: true);
    }

    private int NearestEntry(int index)
    {
        for (var i = index - 1; i >= 0; i--)
        {
            if (IsMain(_order[i]))
                return _order[i].Entry;
        }

        return _document.Tree.Live is [var first, ..] ? first : -1;
    }
}
