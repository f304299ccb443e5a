namespace Strata.Formats.Json;

/// <summary>Closes a document that ends in the middle, so that everything before the end can be read.</summary>
internal static class TruncatedJson
{
    /// <summary>
    /// The document up to its last whole piece, with every open bracket closed. A value string that was cut stays as far as it goes; a cut
    /// name, number or word goes, since its rest is unknown.
    /// </summary>
    public static byte[] Close(ReadOnlySpan<byte> json, int start)
    {
        var open = new Stack<byte>();
        var whole = start;
        var partial = -1;
        var isName = false;
        for (var position = start; position < json.Length;)
        {
            switch (json[position])
            {
                case (byte)'{':
                    open.Push((byte)'}');
                    isName = true;
                    whole = ++position;
                    break;
                case (byte)'[':
                    open.Push((byte)']');
                    isName = false;
                    whole = ++position;
                    break;
                case (byte)'}' or (byte)']':
                    open.TryPop(out _);
                    whole = ++position;
                    break;
                case (byte)',':
                    isName = open.TryPeek(out var closer) && closer == (byte)'}';
                    position++;
                    break;
                case (byte)':':
                    isName = false;
                    position++;
                    break;
                case (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    position++;
                    break;
                default:
                    var end = JsonScanner.SkipValue(json, position);
                    if (end < 0 && !isName)
                        partial = position;
                    if (end >= 0 && !isName && (end < json.Length || json[position] is (byte)'"' || IsWord(json[position..end])))
                        whole = end;
                    position = end < 0 ? json.Length : end;
                    break;
            }
        }

        return partial >= 0 ? [.. json[..WholeCharacters(json, partial)], (byte)'"', .. open] : [.. json[..whole], .. open];
    }

    private static bool IsWord(ReadOnlySpan<byte> scalar) =>
        scalar.SequenceEqual("true"u8) || scalar.SequenceEqual("false"u8) || scalar.SequenceEqual("null"u8);

    // Where the cut string has to be cut again so that no escape and no UTF-8 sequence is left half.
    private static int WholeCharacters(ReadOnlySpan<byte> json, int quote)
    {
        var position = quote + 1;
        while (position < json.Length)
        {
            var next = json[position..].IndexOf((byte)'\\');
            if (next < 0)
                break;
            var length = position + next + 1 < json.Length && json[position + next + 1] == (byte)'u' ? 6 : 2;
            if (position + next + length > json.Length)
                return position + next;
            position += next + length;
        }

        var end = json.Length;
        var lead = end - 1;
        while (lead > position && end - lead < 4 && (json[lead] & 0xC0) == 0x80)
            lead--;
        if (lead < position)
            return end;
        var needed = json[lead] switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
        return needed > end - lead ? lead : end;
    }
}
