using System.Text.Json;
using Strata.Formats.Jsonl;

namespace Strata.Formats.ClaudeCode;

/// <summary>
/// Lines before a compaction of Claude Code's own that stay live behind its summary: it sends the boundary's summary, then these in their
/// order, then what hangs on the anchor.
/// </summary>
/// <param name="Anchor">The uuid of the line that the first of them follows: the summary's, or the boundary's own.</param>
/// <param name="Uuids">Their uuids in their order; empty where only head and tail are named.</param>
/// <param name="Head">The first of them, where only head and tail are named.</param>
/// <param name="Tail">The last of them, where only head and tail are named.</param>
internal sealed record PreservedLines(string Anchor, IReadOnlyList<string> Uuids, string? Head, string? Tail)
{
    /// <summary>The members of <c>compactMetadata</c> that hold it, the newer one first.</summary>
    public static ReadOnlySpan<byte> Messages => "preservedMessages"u8;

    /// <inheritdoc cref="Messages"/>
    public static ReadOnlySpan<byte> Segment => "preservedSegment"u8;

    /// <summary>Null where the metadata name no lines.</summary>
    public static PreservedLines? Read(JsonElement metadata)
    {
        if (metadata.Object(Messages) is { } messages && messages.Text("anchorUuid"u8) is { } anchor
            && (Names(messages, "allUuids"u8) ?? Names(messages, "uuids"u8)) is { Count: > 0 } uuids)
            return new(anchor, uuids, Head: null, Tail: null);
        return metadata.Object(Segment) is { } segment && segment.Text("anchorUuid"u8) is { } place
            && segment.Text("headUuid"u8) is { } head && segment.Text("tailUuid"u8) is { } tail
                ? new(place, [], head, tail)
                : null;
    }

    private static List<string>? Names(JsonElement holder, ReadOnlySpan<byte> name) => holder.Array(name) is { } items
        ? [.. items.EnumerateArray().Where(static item => item.ValueKind == JsonValueKind.String).Select(static item => item.GetString()!)]
        : null;
}
