using System.Buffers;

namespace Strata.Formats.Json;

/// <summary>
/// Finds where JSON values begin and end by brackets and quotes alone. It checks nothing, so it also finds its way through documents that a
/// strict reader refuses, at any depth of nesting.
/// </summary>
internal static class JsonScanner
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(",:]}{[\" \t\r\n"u8);

    public static int SkipWhitespace(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length && json[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
            position++;
        return position;
    }

    /// <summary>The position behind the value that begins at <paramref name="position"/>; −1 when the document ends inside it.</summary>
    public static int SkipValue(ReadOnlySpan<byte> json, int position) => json[position] switch
    {
        (byte)'"' => SkipString(json, position),
        (byte)'{' or (byte)'[' => SkipContainer(json, position),
        _ => SkipScalar(json, position),
    };

    public static int SkipString(ReadOnlySpan<byte> json, int position)
    {
        for (position++; position < json.Length; position += 2)
        {
            var next = json[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
                return -1;
            position += next;
            if (json[position] == (byte)'"')
                return position + 1;
        }

        return -1;
    }

    public static List<JsonValue> Items(byte[] document, int start, int end)
    {
        var items = new List<JsonValue>();
        var json = document.AsSpan(0, end - 1);
        for (var position = NextToken(json, start + 1); position < json.Length; position = NextToken(json, items[^1].End))
        {
            var close = SkipValue(json, position);
            items.Add(new JsonValue(document, position, close < 0 ? json.Length : close));
        }

        return items;
    }

    public static List<(JsonValue Name, JsonValue Value)> Members(byte[] document, int start, int end)
    {
        var members = new List<(JsonValue, JsonValue)>();
        var json = document.AsSpan(0, end - 1);
        var position = NextToken(json, start + 1);
        while (position < json.Length)
        {
            var nameEnd = SkipValue(json, position);
            if (nameEnd < 0)
                break;
            var name = new JsonValue(document, position, nameEnd);
            position = NextToken(json, nameEnd);
            if (position >= json.Length)
                break;
            var close = SkipValue(json, position);
            var value = new JsonValue(document, position, close < 0 ? json.Length : close);
            members.Add((name, value));
            position = NextToken(json, value.End);
        }

        return members;
    }

    private static int SkipContainer(ReadOnlySpan<byte> json, int position)
    {
        var depth = 0;
        while (true)
        {
            var next = json[position..].IndexOfAny(Structure);
            if (next < 0)
                return -1;
            position += next;
            switch (json[position])
            {
                case (byte)'"':
                    position = SkipString(json, position);
                    if (position < 0)
                        return -1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    position++;
                    break;
                default:
                    position++;
                    if (--depth == 0)
                        return position;
                    break;
            }
        }
    }

    // At least one byte, so that every loop over a broken document moves on.
    private static int SkipScalar(ReadOnlySpan<byte> json, int position)
    {
        var length = json[(position + 1)..].IndexOfAny(ScalarEnd);
        return length < 0 ? json.Length : position + 1 + length;
    }

    private static int NextToken(ReadOnlySpan<byte> json, int position)
    {
        while (position < json.Length && json[position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)',' or (byte)':')
            position++;
        return position;
    }
}
