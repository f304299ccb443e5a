using System.Globalization;
using System.Text.Json;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.Codex;

/// <summary>The rollout files of Codex: settings, events and the items of the Responses API, one a line.</summary>
internal sealed class CodexFormat : JsonlFormat<CodexLine, CodexDocument>
{
    public const string FormatName = "codex";

    public override string Name => FormatName;

    public override double Detect(ReadOnlySpan<byte> head) => JsonlHead.Certainty(head, static line => line switch
    {
        _ when line["type"] is "session_meta" or "response_item" or "turn_context" or "event_msg" or "compacted" && line.Has("payload") =>
            1,
        _ when line["type"] is "session_meta" or "response_item" or "turn_context" && line.Has("timestamp") => 0.9,
        _ when line.Has("record_type") => 0.7,
        _ when !line.Has("type") && line.Has("id") && line.Has("timestamp") && line.Has("instructions") => 0.7,
        _ when line["type"] is "function_call_output" or "function_call" or "local_shell_call" && line.Has("call_id") => 0.6,
        _ => 0,
    });

    protected override CodexLine Unreadable => CodexLine.Unreadable;

    protected override string NothingKnown =>
        "No line is of a Codex rollout: none has a session_meta, a response_item or an item of the Responses API.";

    protected override CodexLine Read(JsonElement line) => CodexLine.Read(line);

    protected override bool IsKnown(CodexLine line) => line.IsKnown;

    protected override CodexDocument Open(JsonlFile file, List<CodexLine> lines)
    {
        var document = new CodexDocument(file, lines);
        document.Decode();
        return document;
    }

    protected override ValueTask WriteOwnAsync(
        CodexDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken) =>
        new CodexWriter(document, messages).WriteAsync(output, cancellationToken);

    protected override async ValueTask WriteNewAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken)
    {
        var writer = new LineWriter(output, "\n"u8.ToArray());
        var time = TimeOf(messages.Select(static message => message.Message.CreatedAt).FirstOrDefault(static time => time is not null));
        var id = StableId.Uuid("session", messages is [var first, ..] ? first.Message.Text : "");
        await writer.WriteNewAsync(CodexNewLine.Session(id, time, document.Options?.Instructions), cancellationToken).ConfigureAwait(false);
        if (document.Model is { } model)
            await writer.WriteNewAsync(CodexNewLine.Turn(time, model), cancellationToken).ConfigureAwait(false);
        foreach (var outgoing in messages)
        {
            time = outgoing.Message.CreatedAt is { } own ? TimeOf(own) : time;
            foreach (var item in CodexNewItem.Items(outgoing.Message, keepReasoning: document.SignedBy == ReasoningVendor.OpenAI))
                await writer.WriteNewAsync(CodexNewLine.Item(item, isBare: false, time), cancellationToken).ConfigureAwait(false);
        }
    }

    private static string TimeOf(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? CodexNewLine.NoTime;
}
