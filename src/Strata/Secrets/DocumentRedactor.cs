using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Strata.Secrets;

/// <summary>
/// Puts placeholders in the place of secrets in a session file: in the strings of JSON, of which nothing else changes, so that no line
/// breaks.
/// </summary>
public sealed class DocumentRedactor
{
    private static readonly JsonReaderOptions Lenient = new()
    {
        AllowMultipleValues = true,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = 512
    };

    private readonly ReadOnlyMemory<byte> _file;
    private ArrayBufferWriter<byte>? _redacted;
    private int _copied;
    private int _count;

    private DocumentRedactor(ReadOnlyMemory<byte> file) => _file = file;

    /// <summary>The file without its secrets; the same memory when it holds none.</summary>
    /// <param name="file">UTF-8; what is no JSON in it is taken for text, line by line.</param>
    /// <param name="count">How many places were redacted.</param>
    public static ReadOnlyMemory<byte> Redact(ReadOnlyMemory<byte> file, out int count)
    {
        var redactor = new DocumentRedactor(file);
        for (var read = file.Span.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0; read < file.Length;)
            read = redactor.ReadJson(read);
        count = redactor._count;
        if (redactor._redacted is null)
            return file;
        redactor._redacted.Write(file.Span[redactor._copied..]);
        return redactor._redacted.WrittenMemory;
    }

    /// <summary>Reads on until what is no JSON; where to go on.</summary>
    private int ReadJson(int start)
    {
        var reader = new Utf8JsonReader(_file.Span[start..], Lenient);
        var read = start;
        string? name = null;
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    Redact(reader.TokenType == JsonTokenType.String ? name : null, reader.GetString()!, start + (int)reader.TokenStartIndex,
                        start + (int)reader.BytesConsumed);
                name = reader.TokenType == JsonTokenType.PropertyName ? reader.GetString() : null;
                read = start + (int)reader.BytesConsumed;
            }

            return _file.Length;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair in it: to the end of the line it is text.
            return ReadLine(Math.Max(read, _copied));
        }
    }

    private int ReadLine(int start)
    {
        var rest = _file.Span[start..];
        var end = rest.IndexOf((byte)'\n') is >= 0 and var at ? start + at + 1 : _file.Length;
        var clean = SecretRedactor.Redact(Encoding.UTF8.GetString(_file.Span[start..end]), out var found);
        if (found > 0)
            Replace(start, end, clean, found);
        return end;
    }

    private void Redact(string? name, string text, int start, int end)
    {
        var clean = SecretRedactor.RedactNamed(name, text, out var found);
        if (found == 0)
            return;
        // Of a name the reader has consumed the colon too.
        end = start + _file.Span[start..end].LastIndexOf((byte)'"') + 1;
        Replace(start, end, $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(clean)}\"", found);
    }

    private void Replace(int start, int end, string text, int found)
    {
        _redacted ??= new ArrayBufferWriter<byte>(_file.Length + 1024);
        _redacted.Write(_file.Span[_copied..start]);
        _redacted.Write(Encoding.UTF8.GetBytes(text));
        _copied = end;
        _count += found;
    }
}
