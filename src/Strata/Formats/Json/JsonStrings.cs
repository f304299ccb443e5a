using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Strata.Formats.Json;

/// <summary>
/// Decodes and encodes JSON strings without loss: a lone surrogate, which .NET's readers refuse and its writers replace, stays what it is.
/// Bytes that are not UTF-8 become U+FFFD.
/// </summary>
internal static class JsonStrings
{
    // Between escapes that stand close together a call of the decoder costs more than the bytes.
    private const int ShortRun = 16;

    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\t\n\u000b\f\r\u000e\u000f"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    /// <summary>The text of a string that is given with its quotes.</summary>
    public static string Decode(ReadOnlySpan<byte> quoted) => DecodeBody(quoted.Length < 2 ? [] : quoted[1..^1]);

    /// <summary>The text of a string that is given without its quotes, as a name is.</summary>
    public static string DecodeBody(ReadOnlySpan<byte> body)
    {
        if (!body.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(body);

        // Measured first, filled second: a pooled buffer would double the memory that one huge string takes.
        return string.Create(Unescape(body, []), body, static (text, bytes) => Unescape(bytes, text));
    }

    /// <summary>The text as a JSON string with its quotes; only what JSON demands is escaped.</summary>
    public static byte[] Encode(string text)
    {
        var output = new ArrayBufferWriter<byte>(text.Length + 2);
        Write(text, output);
        return output.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="Encode"/>
    public static void Write(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        Escape(text, output);
        output.Write("\""u8);
    }

    /// <summary>JSON whose strings every .NET reader can decode: bytes that are not UTF-8 and lone surrogates become U+FFFD.</summary>
    public static ReadOnlySpan<byte> Sanitize(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
        byte[]? copy = null;
        for (var at = NextEscape(json, 0); at >= 0; at = NextEscape(json, at))
        {
            var unit = Unit(json, at, out var length);
            var paired = char.IsHighSurrogate(unit) && at + length < json.Length && json[at + length] == (byte)'\\'
                && char.IsLowSurrogate(Unit(json, at + length, out _));
            if (char.IsSurrogate(unit) && !paired)
                "\\ufffd"u8.CopyTo((copy ??= json.ToArray()).AsSpan(at));
            at += paired ? 2 * length : length;
        }

        return copy ?? json;
    }

    private static int NextEscape(ReadOnlySpan<byte> json, int from)
    {
        var next = from < json.Length ? json[from..].IndexOf((byte)'\\') : -1;
        return next < 0 ? -1 : from + next;
    }

    // Writes into text, or only measures when text is empty.
    private static int Unescape(ReadOnlySpan<byte> body, Span<char> text)
    {
        var written = 0;
        while (!body.IsEmpty)
        {
            var plain = body.IndexOf((byte)'\\');
            var chunk = plain < 0 ? body : body[..plain];
            written += chunk.Length <= ShortRun && Ascii.IsValid(chunk) ? Widen(chunk, text.IsEmpty ? text : text[written..])
                : text.IsEmpty ? Encoding.UTF8.GetCharCount(chunk)
                : Encoding.UTF8.GetChars(chunk, text[written..]);
            if (plain < 0)
                break;
            var unit = Unit(body, plain, out var length);
            if (!text.IsEmpty)
                text[written] = unit;
            written++;
            body = body[(plain + length)..];
        }

        return written;
    }

    private static int Widen(ReadOnlySpan<byte> ascii, Span<char> text)
    {
        for (var i = 0; i < text.Length && i < ascii.Length; i++)
            text[i] = (char)ascii[i];
        return ascii.Length;
    }

    private static char Unit(ReadOnlySpan<byte> json, int at, out int length)
    {
        length = Math.Min(2, json.Length - at);
        if (length < 2)
            return '\ufffd';
        switch (json[at + 1])
        {
            case (byte)'n': return '\n';
            case (byte)'t': return '\t';
            case (byte)'r': return '\r';
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'u' when at + 6 <= json.Length
                && ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit):
                length = 6;
                return (char)unit;
            case var other: return other < 0x80 ? (char)other : '\ufffd';
        }
    }

    private static void Escape(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(Escaped);
            var chunk = plain < 0 ? text : text[..plain];
            while (!chunk.IsEmpty)
            {
                var status = Utf8.FromUtf16(chunk, output.GetSpan(Math.Min(chunk.Length, 1 << 20) * 3), out var read, out var written,
                    replaceInvalidSequences: false);
                output.Advance(written);
                chunk = chunk[read..];
                if (status == OperationStatus.InvalidData || (status == OperationStatus.NeedMoreData && !chunk.IsEmpty))
                {
                    EscapeUnit(chunk[0], output);
                    chunk = chunk[1..];
                }
            }

            if (plain < 0)
                break;
            EscapeUnit(text[plain], output);
            text = text[(plain + 1)..];
        }
    }

    private static void EscapeUnit(char unit, ArrayBufferWriter<byte> output)
    {
        switch (unit)
        {
            case '"': output.Write("\\\""u8); break;
            case '\\': output.Write("\\\\"u8); break;
            case '\n': output.Write("\\n"u8); break;
            case '\r': output.Write("\\r"u8); break;
            case '\t': output.Write("\\t"u8); break;
            case '\b': output.Write("\\b"u8); break;
            case '\f': output.Write("\\f"u8); break;
            default:
                Utf8.TryWrite(output.GetSpan(6), CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}", out var length);
                output.Advance(length);
                break;
        }
    }
}
