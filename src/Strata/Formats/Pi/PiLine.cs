using System.Text.Json;
using Strata.Formats.Jsonl;

namespace Strata.Formats.Pi;

/// <summary>What the tree of a session needs to know of one line.</summary>
internal sealed record PiLine
{
    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "session", "message", "compaction", "branch_summary", "custom_message", "custom", "label", "session_info", "model_change",
        "thinking_level_change",
    };

    public static PiLine Unreadable { get; } = new();

    /// <summary>The entry's type; null where the line is no entry.</summary>
    public string? Type { get; init; }

    /// <summary>Whether pi has such entries.</summary>
    public bool IsKnown { get; init; }

    public string? Id { get; init; }

    public string? Parent { get; init; }

    /// <summary>For a session header: the version of its format.</summary>
    public int Version { get; init; }

    /// <summary>Whether the entry is sent to the model.</summary>
    public bool IsSent { get; init; }

    /// <summary>For a compaction: the first entry that it kept; by number in version 1.</summary>
    public string? FirstKept { get; init; }

    public int FirstKeptIndex { get; init; } = -1;

    /// <summary>The entry that a label or a branch summary speaks of.</summary>
    public string? Target { get; init; }

    public string? Model { get; init; }

    /// <summary>Input tokens, cached ones included, of the request that the entry answers; 0 where it records none.</summary>
    public int InputTokens { get; init; }

    /// <summary>What OpenClaw notes of the vendor's cache in it; an entry says all that those of its kind before it say.</summary>
    public PiCacheNote CacheNote { get; init; }

    public bool IsHeader => Type is "session";

    public bool IsCompaction => Type is "compaction";

    public static PiLine Read(JsonElement line)
    {
        var type = line.Text("type"u8);
        var message = line.Object("message"u8);
        if (type is null)
            return Unreadable;
        return new()
        {
            Type = type,
            IsKnown = Types.Contains(type) && (type is not "message" || message is not null),
            Id = line.Text("id"u8),
            Parent = line.Text("parentId"u8),
            Version = Number(line, "version"u8, type is "session" ? 1 : 0),
            IsSent = IsSentOf(line, type, message),
            FirstKept = line.Text("firstKeptEntryId"u8),
            FirstKeptIndex = Number(line, "firstKeptEntryIndex"u8, -1),
            Target = line.Text("targetId"u8) ?? line.Text("fromId"u8),
            InputTokens = message?.Is("role"u8, "assistant"u8) == true && message?.Object("usage"u8) is { } usage ? InputOf(usage) : 0,
            CacheNote = type is not "custom" || !line.Is("customType"u8, "openclaw.cache-ttl"u8) ? PiCacheNote.None
                : line.Object("data"u8)?.Member("frozenToolResults"u8) is null ? PiCacheNote.Time : PiCacheNote.Results,
            Model = type is "model_change" or "session" ? line.Text("modelId"u8)
                : message?.Is("role"u8, "assistant"u8) == true ? message?.Text("model"u8) : null,
        };
    }

    private static int InputOf(JsonElement usage) => (int)Math.Min(
        (long)usage.Amount("input"u8) + usage.Amount("cacheRead"u8) + usage.Amount("cacheWrite"u8), int.MaxValue);

    private static bool IsSentOf(JsonElement line, string type, JsonElement? message) => type switch
    {
        "message" => message is { } sent && sent.Text("role"u8) is { } role
            && (role is "user" or "assistant" or "toolResult" or "custom" or "hookMessage" or "branchSummary" or "compactionSummary"
                || (role is "bashExecution" && !sent.IsTrue("excludeFromContext"u8))),
        "compaction" or "branch_summary" => line.Text("summary"u8) is { Length: > 0 },
        "custom_message" => true,
        _ => false,
    };

    private static int Number(JsonElement line, ReadOnlySpan<byte> name, int otherwise) =>
        line.Member(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : otherwise;
}

/// <summary>What an entry <c>openclaw.cache-ttl</c> is about.</summary>
internal enum PiCacheNote
{
    None,

    /// <summary>When the cache was last used.</summary>
    Time,

    /// <summary>All results so far, and which of them were sent shortened.</summary>
    Results,
}
