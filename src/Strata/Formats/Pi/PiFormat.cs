using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.Pi;

/// <summary>The session files of the pi coding agent: a header and entries, linear in version 1, a tree by <c>parentId</c> since.</summary>
internal sealed class PiFormat : JsonlFormat<PiLine, PiDocument>
{
    public const string FormatName = "pi";

    public override string Name => FormatName;

    public override double Detect(ReadOnlySpan<byte> head) => JsonlHead.Certainty(head, static line => line switch
    {
        _ when line["type"] is "session" && line.Has("id") && line.Has("cwd") => 1,
        _ when line["type"] is "message" && line["message.role"] is "user" or "assistant" or "toolResult" or "bashExecution" => 0.9,
        _ when line["type"] is "compaction" && (line.Has("firstKeptEntryId") || line.Has("firstKeptEntryIndex")) => 0.9,
        _ when line["type"] is "message" && line.Has("message") && line.Has("timestamp") => 0.7,
        _ => 0,
    });

    protected override PiLine Unreadable => PiLine.Unreadable;

    protected override string NothingKnown =>
        "No line is of a pi session: none is a session header or an entry with a message.";

    protected override PiLine Read(JsonElement line) => PiLine.Read(line);

    protected override bool IsKnown(PiLine line) => line.IsKnown;

    protected override PiDocument Open(JsonlFile file, List<PiLine> lines)
    {
        var document = new PiDocument(file, lines);
        document.Decode();
        return document;
    }

    protected override ValueTask WriteOwnAsync(
        PiDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken) =>
        new PiWriter(document, messages).WriteAsync(output, cancellationToken);

    protected override async ValueTask WriteNewAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken)
    {
        var writer = new LineWriter(output, "\n"u8.ToArray());
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var call in messages.SelectMany(static message => message.Message.Contents).OfType<FunctionCallContent>())
            names[call.CallId] = call.Name;
        var time = messages.Select(static message => message.Message.CreatedAt).FirstOrDefault(static time => time is not null)
            ?? DateTimeOffset.UnixEpoch;
        var session = StableId.Uuid("session", messages is [var first, ..] ? first.Message.Text : "");
        await writer.WriteNewAsync(PiNewLine.Session(session, time), cancellationToken).ConfigureAwait(false);
        string? parent = null;
        var number = 0;
        foreach (var outgoing in messages)
        {
            time = outgoing.Message.CreatedAt ?? time;
            foreach (var message in PiNewLine.Split(outgoing.Message))
            {
                var id = StableId.Hex(8, session, (number++).ToString(CultureInfo.InvariantCulture));
                var frame = new PiEntryFrame(id, parent, time, document.Model);
                await writer.WriteNewAsync(PiNewLine.Entry(message, frame, names.GetValueOrDefault), cancellationToken)
                    .ConfigureAwait(false);
                parent = id;
            }
        }
    }
}
