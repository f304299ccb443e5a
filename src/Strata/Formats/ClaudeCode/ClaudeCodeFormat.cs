using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.ClaudeCode;

/// <summary>The session files of Claude Code: JSON lines that form a tree by <c>parentUuid</c>.</summary>
internal sealed class ClaudeCodeFormat : JsonlFormat<ClaudeCodeLine, ClaudeCodeDocument>
{
    public const string FormatName = "claude-code";

    public override string Name => FormatName;

    public override double Detect(ReadOnlySpan<byte> head) => JsonlHead.Certainty(head, static line => line switch
    {
        _ when line.Has("parentUuid") && line.Has("isSidechain") => 1,
        _ when line.Has("parentUuid") && line["type"] is "user" or "assistant" or "system" => 0.95,
        _ when line["type"] is "user" or "assistant" && line["message.role"] is "user" or "assistant" => 0.8,
        _ when line["type"] is "summary" && line.Has("leafUuid") => 0.8,
        _ when line["type"] is "file-history-snapshot" && line.Has("messageId") => 0.8,
        _ when line["type"] is "queue-operation" or "last-prompt" or "ai-title" && line.Has("sessionId") => 0.8,
        _ => 0,
    });

    protected override ClaudeCodeLine Unreadable => ClaudeCodeLine.Unreadable;

    protected override string NothingKnown =>
        "No line is of a Claude Code session: none has a parentUuid, a sessionId or a message with a role.";

    protected override ClaudeCodeLine Read(JsonElement line) => ClaudeCodeLine.Read(line);

    protected override bool IsKnown(ClaudeCodeLine line) => line.IsKnown;

    protected override ClaudeCodeDocument Open(JsonlFile file, List<ClaudeCodeLine> lines)
    {
        var document = new ClaudeCodeDocument(file, lines);
        document.Decode();
        return document;
    }

    protected override ValueTask WriteOwnAsync(
        ClaudeCodeDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken) =>
        new ClaudeCodeWriter(document, messages).WriteAsync(output, cancellationToken);

    protected override async ValueTask WriteNewAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, Stream output, CancellationToken cancellationToken)
    {
        var keepReasoning = document.SignedBy == ReasoningVendor.Anthropic;
        var writer = new LineWriter(output, "\n"u8.ToArray());
        string? parent = null;
        using var session = JsonDocument.Parse(ClaudeCodeNewLine.Session(messages is [var first, ..] ? first.Message.Text : ""));
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i].Message;
            if (!keepReasoning && message.Contents.All(static content => content is TextReasoningContent))
                continue;
            var uuid = StableId.Uuid(
                parent ?? "", i.ToString(System.Globalization.CultureInfo.InvariantCulture), message.Role.Value, message.Text);
            var isSummary = messages[i].Replaces is not null && message.Role == ChatRole.User;
            var line = ClaudeCodeNewLine.Write(message, uuid, parent, session.RootElement, document.Model, isSummary, keepReasoning);
            await writer.WriteNewAsync(line, cancellationToken).ConfigureAwait(false);
            parent = uuid;
        }
    }
}
