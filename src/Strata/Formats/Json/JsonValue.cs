using System.Buffers.Text;

namespace Strata.Formats.Json;

/// <summary>
/// A JSON value by its position in a document of UTF-8 bytes: nothing is decoded until it is asked for, so the exact bytes are always at
/// hand. The default value stands for "absent".
/// </summary>
internal readonly struct JsonValue(byte[] document, int start, int end)
{
    public int Start { get; } = start;

    public int End { get; } = end;

    public bool Exists => document is not null;

    public ReadOnlySpan<byte> Bytes => document.AsSpan(Start, End - Start);

    public bool IsString => First == (byte)'"';

    public bool IsObject => First == (byte)'{';

    public bool IsArray => First == (byte)'[';

    public bool IsNull => First == (byte)'n';

    /// <summary>What it is, for people; "nothing" when absent.</summary>
    public string Kind => First switch
    {
        0 => "nothing",
        (byte)'"' => "a string",
        (byte)'{' => "an object",
        (byte)'[' => "a list",
        (byte)'n' => "null",
        (byte)'t' or (byte)'f' => "a boolean",
        _ => "a number",
    };

    /// <summary>The decoded string; null when this is not a string.</summary>
    public string? Text => IsString ? JsonStrings.Decode(Bytes) : null;

    /// <summary>A whole number from 0 on; 0 where it is none.</summary>
    public int Amount => Exists && Utf8Parser.TryParse(Bytes, out int number, out var length) && length == Bytes.Length
        ? Math.Max(number, 0) : 0;

    /// <summary>The members of an object; none when this is not an object.</summary>
    public JsonFields Fields => new(IsObject ? JsonScanner.Members(document, Start, End) : []);

    /// <summary>The items of a list; none when this is not a list.</summary>
    public List<JsonValue> Items => IsArray ? JsonScanner.Items(document, Start, End) : [];

    /// <summary>
    /// The object's member of that name, absent when there is none. Where all members are wanted, <see cref="Fields"/> is faster.
    /// </summary>
    public JsonValue Field(ReadOnlySpan<byte> name) => Fields[name];

    public bool TextIs(ReadOnlySpan<byte> text) =>
        IsString && (Bytes[1..^1].SequenceEqual(text)
            || (Bytes.Contains((byte)'\\') && string.Equals(Text, System.Text.Encoding.UTF8.GetString(text), StringComparison.Ordinal)));

    private byte First => document is null ? (byte)0 : document[Start];
}
