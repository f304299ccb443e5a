using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Strata.Formats.Jsonl;

/// <summary>One JSON object of a session file with all its bytes, or bytes that hold none (blank or broken lines).</summary>
/// <param name="Line">The number of its line, from 1; two objects on one line share it.</param>
/// <param name="Raw">Its bytes as they stand in the file, line end included: all entries' bytes one after the other are the file after its
/// byte order mark.</param>
/// <param name="JsonStart">Where the object begins in <paramref name="Raw"/>.</param>
/// <param name="JsonLength">The object's length in bytes; 0 where there is none.</param>
internal readonly record struct JsonlEntry(int Line, ReadOnlyMemory<byte> Raw, int JsonStart, int JsonLength)
{
    /// <summary>
    /// Deeper nesting is no session that an agent wrote, and recursive readers of the contents would overflow their stack.
    /// </summary>
    public const int MaxDepth = 256;

    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth };

    public bool IsObject => JsonLength > 0;

    public ReadOnlyMemory<byte> Json => Raw.Slice(JsonStart, JsonLength);

    /// <summary>The object; bytes in it that are not UTF-8 read as U+FFFD.</summary>
    public JsonDocument Parse() => Parse(Json);

    public static JsonDocument Parse(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(Utf8.IsValid(json.Span) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span)), DocumentOptions);

    public bool EndsLine => Raw.Span.EndsWith("\n"u8);
}
