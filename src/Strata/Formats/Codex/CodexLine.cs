using System.Text.Json;
using Strata.Formats.Jsonl;
using Strata.Transcripts;

namespace Strata.Formats.Codex;

internal enum CodexLineKind
{
    /// <summary>Anything that Codex does not send: session and turn settings, events, snapshots, broken lines.</summary>
    Aside,

    /// <summary>An item of the conversation.</summary>
    Item,

    /// <summary>Where Codex compacted the conversation itself.</summary>
    Compacted,

    /// <summary>Where the user went back some turns.</summary>
    RolledBack,
}

/// <summary>What replaying a rollout needs to know of one line.</summary>
internal sealed record CodexLine
{
    private static readonly HashSet<string> ItemTypes = new(StringComparer.Ordinal)
    {
        "message", "reasoning", "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output", "local_shell_call",
        "local_shell_call_output", "web_search_call", "image_generation_call", "tool_search_call", "tool_search_output",
        "mcp_tool_call_output",
        "compaction", "compaction_summary", "context_compaction",
    };

    public static CodexLine Unreadable { get; } = new();

    public CodexLineKind Kind { get; init; }

    /// <summary>Whether the line is one of Codex's, in whatever version.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whether the item stands alone on its line, without <c>payload</c>: rollouts of 2025's first versions.</summary>
    public bool IsBare { get; init; }

    /// <summary>Whether a turn of the user begins here.</summary>
    public bool IsUserTurn { get; init; }

    /// <summary>For a compaction: whether it lists what replaces the history; without, Codex keeps the user's messages.</summary>
    public bool HasReplacement { get; init; }

    /// <summary>For a compaction: whether it leaves nothing to send.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>For going back: how many turns.</summary>
    public int Turns { get; init; }

    /// <summary>Of the user's text, in bytes of UTF-8.</summary>
    public int TextLength { get; init; }

    public string? Model { get; init; }

    public string? Instructions { get; init; }

    /// <summary>Input tokens, cached ones included, of the request before this line; 0 where it records none.</summary>
    public int InputTokens { get; init; }

    /// <summary>The window of the model as Codex knows it; 0 where the line states none.</summary>
    public int Window { get; init; }

    public static CodexLine Read(JsonElement line)
    {
        var type = line.Text("type"u8);
        if (line.Object("payload"u8) is not { } payload)
        {
            var isItem = type is not null && ItemTypes.Contains(type) && HasItemMembers(line);
            var isHeader = type is null && line.Member("id"u8) is not null && line.Member("timestamp"u8) is not null;
            return isItem ? Item(line) with { IsBare = true } : new() { IsKnown = isHeader || line.Member("record_type"u8) is not null };
        }

        return type switch
        {
            // what is not known is sent all the same
            "response_item" when payload.Text("type"u8) is not (null or "ghost_snapshot") => Item(payload),
            "compacted" => Compacted(payload),
            "event_msg" when payload.Is("type"u8, "thread_rolled_back"u8) => new()
            {
                IsKnown = true,
                Kind = CodexLineKind.RolledBack,
                Turns = payload.Member("num_turns"u8) is { ValueKind: JsonValueKind.Number } turns && turns.TryGetInt32(out var count)
                    ? count : 0,
            },
            "event_msg" when payload.Is("type"u8, "token_count"u8) => new()
            {
                IsKnown = true,
                InputTokens = payload.Object("info"u8)?.Object("last_token_usage"u8)?.Amount("input_tokens"u8) ?? 0,
                Window = payload.Object("info"u8)?.Amount("model_context_window"u8) ?? 0,
            },
            "event_msg" when payload.Is("type"u8, "task_started"u8) || payload.Is("type"u8, "turn_started"u8) => new()
            {
                IsKnown = true,
                Window = payload.Amount("model_context_window"u8),
            },
            "turn_context" => new() { IsKnown = true, Model = payload.Text("model"u8) },
            "session_meta" => new()
            {
                IsKnown = true,
                Instructions = payload.Object("base_instructions"u8)?.Text("text"u8) ?? payload.Text("base_instructions"u8),
            },
            _ => new() { IsKnown = type is "response_item" or "event_msg" },
        };
    }

    private static bool HasItemMembers(JsonElement item) =>
        item.Member("role"u8) is not null || item.Member("call_id"u8) is not null || item.Member("summary"u8) is not null
        || item.Member("action"u8) is not null || item.Member("encrypted_content"u8) is not null;

    private static CodexLine Item(JsonElement item)
    {
        if (!item.Is("type"u8, "message"u8) || !item.Is("role"u8, "user"u8))
            return new() { IsKnown = true, Kind = CodexLineKind.Item };
        var text = CodexItem.TextOf(item);
        return new()
        {
            IsKnown = true,
            Kind = CodexLineKind.Item,
            IsUserTurn = text.Length == 0 || InjectedText.Strip(text).Length > 0,
            TextLength = System.Text.Encoding.UTF8.GetByteCount(text),
        };
    }

    private static CodexLine Compacted(JsonElement payload)
    {
        var replacement = payload.Array("replacement_history"u8);
        return new()
        {
            IsKnown = true,
            Kind = CodexLineKind.Compacted,
            HasReplacement = replacement is not null,
            IsEmpty = replacement?.GetArrayLength() == 0,
        };
    }
}
