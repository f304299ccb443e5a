using System.Text.Json;

namespace Strata.Reducing.Rows;

/// <summary>Walks over JSON that is known to be valid, without copying it.</summary>
internal static class JsonScan
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Whether the text is one whole object or array, nested no deeper than a reader would follow.</summary>
    public static bool IsValid(ReadOnlyMemory<char> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The range of the value that starts at or after <paramref name="at"/>; null where brackets or a string do not end.</summary>
    public static Range? Value(string text, int at)
    {
        at = Space(text, at);
        if (at == text.Length)
            return null;
        var end = text[at] switch
        {
            '"' => String(text, at),
            '{' or '[' => Nested(text, at),
            _ => Plain(text, at),
        };
        return end < 0 ? null : at..end;
    }

    /// <summary>The members of the object, or the items of the array, at <paramref name="range"/>; an item has no name.</summary>
    public static IEnumerable<(Range Name, Range Value)> Parts(string text, Range range)
    {
        var isObject = text[range.Start.Value] == '{';
        var at = Space(text, range.Start.Value + 1);
        while (at < range.End.Value - 1)
        {
            var name = 0..0;
            if (isObject)
            {
                var end = String(text, at);
                name = (at + 1)..(end - 1);
                at = Space(text, end) + 1;
            }

            if (Value(text, at) is not { } value)
                yield break;
            yield return (name, value);
            at = Space(text, value.End.Value);
            if (at < text.Length && text[at] == ',')
                at = Space(text, at + 1);
            else
                yield break;
        }
    }

    public static int Space(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\n' or '\r' or '\t')
            at++;
        return at;
    }

    private static int String(string text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            var next = text.AsSpan(at).IndexOfAny('"', '\\');
            if (next < 0)
                return -1;
            at += next;
            if (text[at] == '"')
                return at + 1;
            at++;
        }

        return -1;
    }

    private static int Nested(string text, int at)
    {
        var depth = 0;
        while (at < text.Length)
        {
            var next = text.AsSpan(at).IndexOfAny("\"{}[]");
            if (next < 0)
                return -1;
            at += next;
            if (text[at] == '"')
            {
                at = String(text, at);
                if (at < 0)
                    return -1;
                continue;
            }

            depth += text[at++] is '{' or '[' ? 1 : -1;
            if (depth == 0)
                return at;
        }

        return -1;
    }

    private static int Plain(string text, int at)
    {
        var end = text.AsSpan(at).IndexOfAny(",]} \n\r\t");
        return end < 0 ? text.Length : at + end;
    }
}
