using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>Writes a session back: kept lines byte for byte, changed and relinked ones with only those values replaced, new lines for the rest.</summary>
internal sealed class ClaudeCodeWriter
{
    private readonly ClaudeCodeDocument document;
    private readonly IReadOnlyList<OutgoingMessage> messages;
    private readonly List<OutputLine> order;
    private readonly ClaudeCodeChain chain;

    public ClaudeCodeWriter(ClaudeCodeDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        (this.document, this.messages) = (document, messages);
        var tree = document.Tree;
        var untouched = messages.Where(IsUntouched).Select(message => tree.Live[message.SourceIndex]).ToHashSet();
        var live = tree.Live.ToHashSet();

        // A copy of a line goes with it: left behind, it would take the place of the line that was cut.
        order = LineOrder.Of(document.Lines.Count, tree.Live, messages, entry =>
            tree.Duplicates.Contains(entry) && tree.Find(document.Lines[entry].Uuid) is var first && live.Contains(first) && !untouched.Contains(first));
        KeepLiveMessageLast();
        chain = new ClaudeCodeChain(document, order, messages);
    }

    public async ValueTask WriteAsync(Stream output, CancellationToken cancellationToken)
    {
        await output.WriteAsync(document.File.Preamble, cancellationToken).ConfigureAwait(false);
        var writer = new LineWriter(output, document.File.NewLine);
        for (var i = 0; i < order.Count; i++)
        {
            if (order[i].Entry < 0)
            {
                await writer.WriteNewAsync(NewLine(i), cancellationToken).ConfigureAwait(false);
                continue;
            }

            var entry = document.File.Entries[order[i].Entry];
            await writer.WriteAsync(Line(i, entry), entry.Line, cancellationToken).ConfigureAwait(false);
        }
    }

    private bool IsUntouched(OutgoingMessage message) =>
        message.SourceIndex >= 0 && !MessageChange.IsChanged(document.Messages[message.SourceIndex], message.Message);

    // Claude Code resumes from the last message of a file. Where everything live behind an abandoned branch is gone, that branch moves up.
    private void KeepLiveMessageLast()
    {
        var last = order.FindLastIndex(line => line.Outgoing >= 0 || (line.Entry >= 0 && document.Tree.RankOf(line.Entry) >= 0 && IsMain(line)));
        if (last < 0)
            return;
        var moved = order.Skip(last + 1).Where(IsMain).ToList();
        if (moved.Count == 0)
            return;
        order.RemoveAll(line => moved.Contains(line));
        order.InsertRange(last, moved);
    }

    private bool IsMain(OutputLine line) =>
        line.Entry >= 0 && document.Tree.IsMain(line.Entry) && !document.Tree.Duplicates.Contains(line.Entry);

    private ReadOnlyMemory<byte> Line(int index, JsonlEntry entry)
    {
        if (!entry.IsObject)
            return entry.Raw;
        var edits = new JsonEdits(entry.Json);
        var line = document.Lines[order[index].Entry];
        if (order[index].Outgoing is >= 0 and var outgoing && !IsUntouched(messages[outgoing]))
            ClaudeCodeEdits.Apply(edits, document.Messages[messages[outgoing].SourceIndex], messages[outgoing].Message);
        if (chain.TryGetParent(index, out var parent))
            edits.Set(edits.Root, "parentUuid"u8, parent is null ? "null"u8.ToArray() : JsonOutput.Text(parent));
        Redirect(edits, "logicalParentUuid"u8, line.LogicalParent);
        Redirect(edits, "leafUuid"u8, line.Leaf);
        Redirect(edits, "sourceToolAssistantUUID"u8, line.ToolSource);
        if (edits.IsEmpty)
            return entry.Raw;
        var json = edits.Apply();
        return (byte[])[.. entry.Raw.Span[..entry.JsonStart], .. json, .. entry.Raw.Span[(entry.JsonStart + entry.JsonLength)..]];
    }

    private void Redirect(JsonEdits edits, ReadOnlySpan<byte> name, string? uuid)
    {
        if (chain.Redirect(uuid) is { } other)
            edits.Set(edits.Root, name, JsonOutput.Text(other));
    }

    private byte[] NewLine(int index)
    {
        var message = messages[order[index].Outgoing];
        chain.TryGetParent(index, out var parent);
        var uuid = chain.Uuids[index] ?? throw new InvalidOperationException("A new line has no uuid.");
        var nearest = message.Replaces is [.., var last] ? document.Tree.Live[last] : NearestEntry(index);
        var isSummary = message.Replaces is not null && message.Message.Role == ChatRole.User;
        using var like = nearest < 0
            ? JsonDocument.Parse(ClaudeCodeNewLine.Session(uuid))
            : document.File.Entries[nearest].Parse();
        return ClaudeCodeNewLine.Write(message.Message, uuid, parent, like.RootElement, document.Model, isSummary, keepReasoning: true);
    }

    private int NearestEntry(int index)
    {
        for (var i = index - 1; i >= 0; i--)
        {
            if (IsMain(order[i]))
                return order[i].Entry;
        }

        return document.Tree.Live is [var first, ..] ? first : -1;
    }
}
