using System.Text.Json.Serialization;

namespace Strata.Conversations;

/// <summary>How a conversation stands: a value, to be shown or kept in a checkpoint. The first three fields are those of seed 2.</summary>
public sealed record ConversationState
{
    /// <value>Whether what would be sent is above the threshold.</value>
    [JsonPropertyName("needs_compaction")]
    public bool NeedsCompaction { get; init; }

    /// <value>Null: never.</value>
    [JsonPropertyName("last_compaction_at")]
    public DateTimeOffset? LastCompactionAt { get; init; }

    /// <value>Compactions that led to what is sent now.</value>
    [JsonPropertyName("compaction_count")]
    public int CompactionCount { get; init; }

    /// <value>Tokens of what would be sent now, instructions and tools included.</value>
    [JsonPropertyName("tokens")]
    public long Tokens { get; init; }

    /// <value>Tokens that the model accepts.</value>
    [JsonPropertyName("window")]
    public int Window { get; init; }

    /// <value>Tokens above which compaction starts.</value>
    [JsonPropertyName("threshold")]
    public int Threshold { get; init; }

    /// <value>Messages of the caller's list.</value>
    [JsonPropertyName("messages")]
    public int Messages { get; init; }

    /// <value>Messages that would be sent for them.</value>
    [JsonPropertyName("messages_sent")]
    public int MessagesSent { get; init; }

    /// <value>Whether a compaction is at work in the background, or done and not yet taken.</value>
    [JsonPropertyName("is_compacting")]
    public bool IsCompacting { get; init; }

    /// <value>What the last try came to; null when nothing was tried, or when it failed.</value>
    [JsonPropertyName("last_outcome")]
    [JsonConverter(typeof(JsonStringEnumConverter<CompactionOutcome>))]
    public CompactionOutcome? LastOutcome { get; init; }

    /// <value>Why, or what failed; null when nothing was tried.</value>
    [JsonPropertyName("last_reason")]
    public string? LastReason { get; init; }
}
