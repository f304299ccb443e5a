using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Json;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.Gemini;

/// <summary>The session files of Gemini CLI: a log of messages, of newer versions of them, and of changes to the whole list.</summary>
internal sealed class GeminiFormat : JsonlFormat<GeminiLine, GeminiDocument>
{
    public const string FormatName = "gemini-cli";

    public override string Name => FormatName;

    protected override GeminiLine Unreadable => GeminiLine.Unreadable;

    protected override string NothingKnown =>
        "No line is of a Gemini CLI session: none is its header, a message of a user or of gemini, or a $set.";

    public override double Detect(ReadOnlySpan<byte> head) => JsonlHead.Certainty(head, static line => line switch
    {
        _ when line.Has("sessionId") && line.Has("projectHash") => 1,
        _ when line.Has("$set.messages") || (line["type"] is "gemini" && line.Has("id")) => 0.9,
        _ when line.Has("$rewindTo") => 0.8,
        _ when line["type"] is "user" && line.Has("id") && line.Has("timestamp") && line.Has("content") => 0.5,
        _ => 0,
    });

    protected override GeminiLine Read(JsonElement line) => GeminiLine.Read(line);

    protected override bool IsKnown(GeminiLine line) => line.IsKnown;

    protected override GeminiDocument Open(JsonlFile file, List<GeminiLine> lines)
    {
        var document = new GeminiDocument(file, lines);
        document.Decode();
        return document;
    }

    protected override ValueTask WriteOwnAsync(
        GeminiDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken) =>
        new GeminiWriter(document, ToolPairs.KeepTogether(messages)).WriteAsync(output, cancellationToken);

    protected override async ValueTask WriteNewAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken)
    {
        var writer = new LineWriter(output, "\n"u8.ToArray());
        var all = ToolPairs.Arrange(Instructions.AsMessage(document, messages.Select(static message => message.Message)));
        var time = all.Select(static message => message.CreatedAt).FirstOrDefault(static time => time is not null)
            ?? DateTimeOffset.UnixEpoch;
        var session = StableId.Uuid("session", all is [var first, ..] ? first.Text : "");
        await writer.WriteNewAsync(GeminiNewLine.Session(session, time), cancellationToken).ConfigureAwait(false);
        var names = GeminiNewLine.ToolNames(all);
        for (var i = 0; i < all.Count; i++)
        {
            time = all[i].CreatedAt ?? time;
            var id = StableId.Uuid(session, i.ToString(CultureInfo.InvariantCulture));
            var line = GeminiNewLine.Message(all[i], id, time, document.Model, names);
            await writer.WriteNewAsync(line, cancellationToken).ConfigureAwait(false);
        }
    }
}
