using System.Text.Json;

namespace Strata.Formats.Jsonl;

/// <summary>Where a value stands in a JSON text.</summary>
/// <param name="Start">The first byte of the value.</param>
/// <param name="End">The byte after it.</param>
/// <param name="NameStart">The first byte of its property name; −1 for array elements.</param>
internal readonly record struct JsonSpan(int Start, int End, int NameStart)
{
    public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json[Start..End];
}

/// <summary>Replaces values inside a JSON text and leaves every other byte as it is.</summary>
internal sealed class JsonEdits(ReadOnlyMemory<byte> json)
{
    private readonly List<(int Start, int End, ReadOnlyMemory<byte> With)> _edits = [];

    public bool IsEmpty => _edits.Count == 0;

    public ReadOnlySpan<byte> Json => json.Span;

    public JsonSpan Root => new(0, json.Length, -1);

    public void Replace(JsonSpan value, ReadOnlyMemory<byte> with) => _edits.Add((value.Start, value.End, with));

    /// <summary>Replaces a member's value, or adds the member where the object has none.</summary>
    public void Set(JsonSpan parent, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> value)
    {
        if (Member(parent, name) is { } member)
        {
            Replace(member, value);
            return;
        }

        var comma = json.Span[(parent.Start + 1)..(parent.End - 1)].IndexOfAnyExcept(" \t\r\n"u8) < 0 ? "" : ",";
        byte[] added = [.. System.Text.Encoding.UTF8.GetBytes(comma), (byte)'"', .. name, (byte)'"', (byte)':', .. value.Span];
        _edits.Add((parent.End - 1, parent.End - 1, added));
    }

    /// <summary>Removes a member with one of the commas beside it; nothing happens where the object has none of that name.</summary>
    public void Remove(JsonSpan parent, ReadOnlySpan<byte> name)
    {
        if (Member(parent, name) is not { } member)
            return;
        var text = json.Span;
        var (start, end) = (member.NameStart, member.End);
        var after = end + text[end..].IndexOfAnyExcept(" \t\r\n"u8);
        if (text[after] == ',')
        {
            end = after + 1;
        }
        else
        {
            var before = text[..start].LastIndexOfAnyExcept(" \t\r\n"u8);
            if (text[before] == ',')
                start = before;
        }

        _edits.Add((start, end, default));
    }

    public JsonSpan? Member(JsonSpan parent, ReadOnlySpan<byte> name)
    {
        var reader = Open(parent);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        JsonSpan? found = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            var nameStart = parent.Start + (int)reader.TokenStartIndex;
            var value = Value(ref reader, parent.Start, nameStart);
            if (isIt)
                found = value;   // the last of equal names is the one that parsers take
        }

        return found;
    }

    public List<JsonSpan> Items(JsonSpan parent)
    {
        var items = new List<JsonSpan>();
        var reader = Open(parent);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
            return items;
        while (true)
        {
            var item = Value(ref reader, parent.Start, -1);
            if (reader.TokenType == JsonTokenType.EndArray && item.Start + 1 == item.End && Json[item.Start] == ']')
                return items;
            items.Add(item);
        }
    }

    public byte[] Apply()
    {
        _edits.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        using var output = new MemoryStream(json.Length);
        var position = 0;
        foreach (var (start, end, with) in _edits)
        {
            output.Write(json.Span[position..start]);
            output.Write(with.Span);
            position = end;
        }

        output.Write(json.Span[position..]);
        return output.ToArray();
    }

    private Utf8JsonReader Open(JsonSpan parent) =>
        new(parent.In(json.Span), new JsonReaderOptions { MaxDepth = JsonlEntry.MaxDepth });

    private static JsonSpan Value(ref Utf8JsonReader reader, int offset, int nameStart)
    {
        reader.Read();
        var start = offset + (int)reader.TokenStartIndex;
        if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            reader.Skip();
        return new JsonSpan(start, offset + (int)reader.BytesConsumed, nameStart);
    }
}
