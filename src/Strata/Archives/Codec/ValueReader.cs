using System.Text.Json;

namespace Strata.Archives.Codec;

/// <summary>
/// Reads what <see cref="ValueWriter"/> wrote: strings as strings, everything else as JSON, as after any JSON round trip.
/// </summary>
internal static class ValueReader
{
    public static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => MessageScrubber.TextOf(value),
        _ => value,
    };

    public static object? Tagged(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.TryGetProperty(Names.TagString, out var text))
            return MessageScrubber.TextOf(text);
        return value.TryGetProperty(Names.TagMap, out var members) ? Map(members, Tagged) : value.GetProperty(Names.TagJson);
    }

    public static Dictionary<string, object?> Map(JsonElement members, Func<JsonElement, object?> read)
    {
        var map = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var member in members.EnumerateObject())
            map[MessageScrubber.NameOf(member)] = read(member.Value);
        return map;
    }
}
