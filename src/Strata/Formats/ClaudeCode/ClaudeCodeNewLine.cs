using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>Lines that no file held before: summaries, and whole conversations from another format.</summary>
internal static class ClaudeCodeNewLine
{
    private static readonly string[] SessionMembers =
        ["agentId", "userType", "entrypoint", "cwd", "sessionId", "version", "gitBranch", "slug"];

    /// <summary>One line that holds <paramref name="message"/>.</summary>
    /// <param name="message">What to write.</param>
    /// <param name="uuid">The line's own id.</param>
    /// <param name="parent">The id of the line it hangs on; null for a root.</param>
    /// <param name="like">A line of the session from which session, folder, version and time are taken.</param>
    /// <param name="model">The model that an assistant message names; null for Claude Code's word for "no model".</param>
    /// <param name="isSummary">Whether the line is marked as Claude Code marks its own summaries.</param>
    /// <param name="keepReasoning">False where signatures are another vendor's, which Anthropic refuses.</param>
    public static byte[] Write(
        ChatMessage message, string uuid, string? parent, JsonElement like, string? model, bool isSummary, bool keepReasoning) =>
        JsonOutput.Write(writer =>
        {
            var isAssistant = message.Role == ChatRole.Assistant;
            writer.WriteStartObject();
            if (parent is null)
                writer.WriteNull("parentUuid"u8);
            else
                writer.WriteString("parentUuid"u8, parent);
            writer.WriteBoolean("isSidechain"u8, like.IsTrue("isSidechain"u8));
            WriteSession(writer, like);
            if (!isAssistant)
                writer.WriteString("type"u8, "user"u8);
            writer.WriteStartObject("message"u8);
            if (isAssistant)
            {
                writer.WriteString("model"u8, model ?? "<synthetic>");
                writer.Text("id"u8, message.MessageId ?? $"msg_{StableId.Hex(24, uuid)}");
                writer.WriteString("type"u8, "message"u8);
            }

            writer.WriteString("role"u8, isAssistant ? "assistant"u8 : "user"u8);
            writer.WritePropertyName("content"u8);
            WriteContent(writer, message, isAssistant, keepReasoning);
            if (isAssistant)
                WriteEnd(writer);
            writer.WriteEndObject();
            if (isAssistant)
                writer.WriteString("type"u8, "assistant"u8);
            if (message.Role == ChatRole.System)
                writer.WriteBoolean("isMeta"u8, value: true);
            if (isSummary)
            {
                writer.WriteBoolean("isVisibleInTranscriptOnly"u8, value: true);
                writer.WriteBoolean("isCompactSummary"u8, value: true);
            }

            writer.WriteString("uuid"u8, uuid);
            writer.Time("timestamp"u8, like.Time("timestamp"u8) ?? message.CreatedAt ?? DateTimeOffset.UnixEpoch);
            writer.WriteEndObject();
        });

    /// <summary>
    /// What the lines of a session that Claude Code did not write name as their session; <paramref name="seed"/> makes its id.
    /// </summary>
    public static byte[] Session(string seed) => JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("userType"u8, "external"u8);
        writer.WriteString("cwd"u8, ""u8);
        writer.WriteString("sessionId"u8, StableId.Uuid("session", seed));
        writer.WriteString("version"u8, "2.0.0"u8);
        writer.WriteString("gitBranch"u8, ""u8);
        writer.WriteEndObject();
    });

    private static void WriteSession(Utf8JsonWriter writer, JsonElement like)
    {
        foreach (var name in SessionMembers)
        {
            if (like.TryGetProperty(name, out var value))
            {
                writer.WritePropertyName(name);
                JsonOutput.Value(writer, value);
            }
        }
    }

    // An assistant's content is always a list of blocks.
    private static void WriteContent(Utf8JsonWriter writer, ChatMessage message, bool isAssistant, bool keepReasoning)
    {
        if (!isAssistant || message.Contents is not [TextContent])
        {
            ClaudeCodeBlocks.WriteContent(writer, message.Contents, keepReasoning);
            return;
        }

        writer.WriteStartArray();
        ClaudeCodeBlocks.Write(writer, message.Contents[0]);
        writer.WriteEndArray();
    }

    private static void WriteEnd(Utf8JsonWriter writer)
    {
        writer.WriteNull("stop_reason"u8);
        writer.WriteNull("stop_sequence"u8);
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, 0);
        writer.WriteNumber("output_tokens"u8, 0);
        writer.WriteEndObject();
    }
}
