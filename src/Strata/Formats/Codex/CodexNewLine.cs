using System.Text.Json;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Codex;

/// <summary>Lines that no rollout held before.</summary>
internal static class CodexNewLine
{
    public const string NoTime = "1970-01-01T00:00:00.000Z";

    public static byte[] Item(byte[] item, bool isBare, string time) => isBare ? item : Line(time, "response_item", item);

    /// <summary>A compaction that leaves nothing: Codex forgets what stands before it.</summary>
    public static byte[] Reset(string time) => Line(time, "compacted", "{\"message\":\"\",\"replacement_history\":[]}"u8);

    /// <summary>The head of a rollout that Codex did not write.</summary>
    public static byte[] Session(string id, string time, string? instructions) => Line(time, "session_meta", JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("timestamp"u8, time);
        writer.WriteString("cwd"u8, ""u8);
        writer.WriteString("originator"u8, "strata"u8);
        writer.WriteString("cli_version"u8, "0.0.0"u8);
        writer.WriteString("source"u8, "exec"u8);
        if (instructions is not null)
        {
            writer.WriteStartObject("base_instructions"u8);
            writer.Text("text"u8, instructions);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }));

    /// <summary>What Codex wants to know of a turn besides its model is what it would ask the user for.</summary>
    public static byte[] Turn(string time, string model) => Line(time, "turn_context", JsonOutput.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("cwd"u8, ""u8);
        writer.WriteString("approval_policy"u8, "on-request"u8);
        writer.WriteStartObject("sandbox_policy"u8);
        writer.WriteString("type"u8, "read-only"u8);
        writer.WriteEndObject();
        writer.Text("model"u8, model);
        writer.WriteString("summary"u8, "auto"u8);
        writer.WriteEndObject();
    }));

    private static byte[] Line(string time, string type, ReadOnlySpan<byte> payload)
    {
        var copy = payload.ToArray();
        return JsonOutput.Write(writer =>
        {
            writer.WriteStartObject();
            writer.Text("timestamp"u8, time);
            writer.WriteString("type"u8, type);
            writer.Raw("payload"u8, copy);
            writer.WriteEndObject();
        });
    }
}
