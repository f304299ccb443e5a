using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts.Pairs;

/// <summary>
/// Contents that only their vendor understands: what is not known to be safe to leave out stays word for word in its place.
/// </summary>
internal static class OpaqueContent
{
    private const string Reference = "item_reference";

    /// <summary>Items whose meaning is known and that may leave with their group; halves of pairs are known as well.</summary>
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "text", "refusal", "thinking", "redacted_thinking", "reasoning", "image", "image_url", "document", "file", "audio", "video",
        "search_result",
        "tool_reference", "tool_use", "tool-call", "tool-result", "mcp_list_tools",
    };

    private static readonly string[] KnownEnds = ["_call", "_output", "_tool_result"], KnownStarts = ["input_", "output_"];

    /// <summary>
    /// Whether the content may not leave: state of the server, tools that travel as an item, a vendor's own summary, anything new.
    /// </summary>
    public static bool IsUnknown(AIContent content) =>
        TypeOf(content) is { } type && !Known.Contains(type) && !PairKinds.Of(content).Any()
        && !Array.Exists(KnownEnds, end => type.EndsWith(end, StringComparison.Ordinal))
        && !Array.Exists(KnownStarts, start => type.StartsWith(start, StringComparison.Ordinal));

    /// <summary>Whether the message only names items that the server holds; what follows may answer calls among them.</summary>
    public static bool IsReference(ChatMessage message) =>
        message.Contents.Count > 0 && message.Contents.All(content => TypeOf(content) == Reference);

    /// <summary>
    /// Whether the message holds a summary that Anthropic's server wrote: the server reads nothing that stands before it. One whose
    /// content is null failed and stands for nothing.
    /// </summary>
    public static bool StandsForEarlier(ChatMessage message) =>
        message.Contents.Any(content => TypeOf(content) == "compaction" && Text(content, "content") is not null);

    private static string? TypeOf(AIContent content) =>
        content is ToolCallContent or ToolResultContent or TextContent or TextReasoningContent ? null : Text(content, "type");

    private static string? Text(AIContent content, string name) =>
        content.RawRepresentation is JsonElement { ValueKind: JsonValueKind.Object } item
        && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? JsonText.StringOf(value)
            : null;
}
