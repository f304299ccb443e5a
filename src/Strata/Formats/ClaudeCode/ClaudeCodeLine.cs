using System.Text.Json;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

internal enum ClaudeCodeLineKind
{
    /// <summary>Anything that is not sent: progress, titles, snapshots, broken lines.</summary>
    Aside,

    /// <summary>A line of type <c>user</c> or <c>assistant</c>.</summary>
    Message,

    /// <summary>A message that Claude Code shows but does not send: the notice of a failed request.</summary>
    Notice,

    /// <summary>What Claude Code adds by itself, or what the user typed while the agent worked.</summary>
    Attachment,

    /// <summary>Where Claude Code compacted the conversation itself: it sends nothing from before.</summary>
    CompactBoundary,
}

/// <summary>What the tree of a session needs to know of one line.</summary>
internal sealed record ClaudeCodeLine
{
    public static ClaudeCodeLine Unreadable { get; } = new();

    public ClaudeCodeLineKind Kind { get; init; }
    public string? Uuid { get; init; }
    public string? Parent { get; init; }

    /// <summary>Whether the line says that it begins a tree: <c>"parentUuid":null</c>.</summary>
    public bool IsRoot { get; init; }

    public bool IsSidechain { get; init; }

    /// <summary>Whether a person (or the harness in the user's name) began something new here: a user line without tool results.</summary>
    public bool IsPrompt { get; init; }

    public string? Model { get; init; }

    /// <summary>Input tokens, cached ones included, of the request that the line answers; 0 where it records none.</summary>
    public int InputTokens { get; init; }

    public string? LogicalParent { get; init; }

    public string? Leaf { get; init; }

    /// <summary>The line of the call that this line's tool results answer.</summary>
    public string? ToolSource { get; init; }

    /// <summary>Whether a session file of Claude Code has such lines.</summary>
    public bool IsKnown { get; init; }

    /// <summary>What a compaction of Claude Code's own kept of the lines before it; null where it kept nothing.</summary>
    public PreservedLines? Preserved { get; init; }

    /// <summary>What was typed while the agent worked, in a line that only says that it waits; null in any other line.</summary>
    public string? Waiting { get; init; }

    /// <summary>Whether the line only records what was sent, for people who look for faults: no client reads it again.</summary>
    public bool IsRecord { get; init; }

    public bool IsMessage => Kind is ClaudeCodeLineKind.Message or ClaudeCodeLineKind.Notice;

    public static ClaudeCodeLine Read(JsonElement line)
    {
        var isAssistant = line.Is("type"u8, "assistant"u8);
        var isUser = line.Is("type"u8, "user"u8);
        var message = line.Object("message"u8);
        var parent = line.Member("parentUuid"u8);
        return new()
        {
            Kind = KindOf(line, (isUser || isAssistant) && message is not null),
            Uuid = line.Text("uuid"u8),
            Parent = line.Text("parentUuid"u8),
            IsRoot = parent is { ValueKind: JsonValueKind.Null },
            IsSidechain = line.IsTrue("isSidechain"u8),
            IsPrompt = isUser && message is { } content && !HasToolResult(content),
            Model = isAssistant ? message?.Text("model"u8) : null,
            InputTokens = isAssistant && message?.Object("usage"u8) is { } usage ? InputOf(usage) : 0,
            LogicalParent = line.Text("logicalParentUuid"u8),
            Leaf = line.Text("leafUuid"u8),
            ToolSource = line.Text("sourceToolAssistantUUID"u8),
            Preserved = line.Object("compactMetadata"u8) is { } metadata ? PreservedLines.Read(metadata) : null,
            Waiting = line.Is("type"u8, "queue-operation"u8) && line.Is("operation"u8, "enqueue"u8) ? line.Text("content"u8) : null,
            IsRecord = line.Text("type"u8) is "api-request" or "api-request-shape" or "api-request-blob"
                || line.Object("attachment"u8)?.Is("type"u8, "prompt_snapshot"u8) == true,
            IsKnown = parent is not null || line.Member("sessionId"u8) is not null || line.Member("leafUuid"u8) is not null
                || (message?.Is("role"u8, "user"u8) == true && isUser) || (message?.Is("role"u8, "assistant"u8) == true && isAssistant),
        };
    }

    private static ClaudeCodeLineKind KindOf(JsonElement line, bool isMessage)
    {
        if (isMessage)
            return line.IsTrue("isApiErrorMessage"u8) ? ClaudeCodeLineKind.Notice : ClaudeCodeLineKind.Message;
        return line.Is("type"u8, "system"u8) && line.Is("subtype"u8, "compact_boundary"u8)
            ? ClaudeCodeLineKind.CompactBoundary
            : ClaudeCodeAttachment.IsSent(line) ? ClaudeCodeLineKind.Attachment : ClaudeCodeLineKind.Aside;
    }

    private static int InputOf(JsonElement usage) => (int)Math.Min(
        (long)usage.Amount("input_tokens"u8) + usage.Amount("cache_read_input_tokens"u8) + usage.Amount("cache_creation_input_tokens"u8),
        int.MaxValue);

    private static bool HasToolResult(JsonElement message)
    {
        if (message.Array("content"u8) is not { } blocks)
            return false;
        foreach (var block in blocks.EnumerateArray())
        {
            if (block.Is("type"u8, "tool_result"u8))
                return true;
        }

        return false;
    }
}
