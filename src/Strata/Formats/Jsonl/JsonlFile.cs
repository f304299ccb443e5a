using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Strata.Formats.Jsonl;

/// <summary>The bytes of a session file cut into entries. Only <c>\n</c> ends a line: U+2028 and U+0085 are text.</summary>
internal sealed class JsonlFile
{
    /// <summary>In bytes. A longer line would not fit a JSON document in memory with its text beside it.</summary>
    public const int MaxLineLength = 512 * 1024 * 1024;

    private const int BlockLength = 256 * 1024;
    private const int MaxAttempts = 64;

    // Agents name the session in their first lines; some files begin with lines of before.
    private const int HeadEntries = 100;

    private static readonly ReadOnlyMemory<byte> ByteOrderMark = "\uFEFF"u8.ToArray();

    private readonly List<JsonlEntry> _entries = [];
    private readonly List<FormatProblem> _problems = [];
    private readonly Action<int, JsonElement> _visit;
    private int _line;

    private JsonlFile(Action<int, JsonElement> visit) => _visit = visit;

    public IReadOnlyList<JsonlEntry> Entries => _entries;

    public List<FormatProblem> Problems => _problems;

    /// <summary>The byte order mark, which stays first whatever line comes after it; empty where the file has none.</summary>
    public ReadOnlyMemory<byte> Preamble { get; private set; }

    /// <summary>What a new line ends with: what the file's first line ends with.</summary>
    public ReadOnlyMemory<byte> NewLine =>
        _entries.Find(static entry => entry.EndsLine).Raw.Span.EndsWith("\r\n"u8) ? "\r\n"u8.ToArray() : "\n"u8.ToArray();

    /// <summary>Reads to the end; <paramref name="visit"/> sees each object with the index of its entry while its document lives.</summary>
    public static async ValueTask<JsonlFile> ReadAsync(
        Stream input, Action<int, JsonElement> visit, CancellationToken cancellationToken, int maxLineLength = MaxLineLength)
    {
        ArgumentNullException.ThrowIfNull(input);
        var file = new JsonlFile(visit);
        var block = ArrayPool<byte>.Shared.Rent(BlockLength);
        var pending = new ArrayBufferWriter<byte>();
        try
        {
            int read;
            while ((read = await input.ReadAsync(block, cancellationToken).ConfigureAwait(false)) > 0)
                pending = file.Cut(block.AsSpan(0, read), pending, maxLineLength);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        if (pending.WrittenCount > 0)
            file.AddLine(pending.WrittenSpan.ToArray());
        file.ThrowIfNothingReadable();
        return file;
    }

    /// <summary>
    /// The first text that <paramref name="find"/> gives for one of the first objects of the file; null when it gives none.
    /// </summary>
    public string? FirstText(Func<JsonElement, string?> find)
    {
        foreach (var entry in _entries.Where(static entry => entry.IsObject).Take(HeadEntries))
        {
            using var line = entry.Parse();
            if (find(line.RootElement) is { Length: > 0 } text)
                return text;
        }

        return null;
    }

    private ArrayBufferWriter<byte> Cut(ReadOnlySpan<byte> block, ArrayBufferWriter<byte> pending, int maxLineLength)
    {
        while (true)
        {
            var end = block.IndexOf((byte)'\n') + 1;
            var part = end == 0 ? block : block[..end];
            if (pending.WrittenCount + part.Length > maxLineLength)
            {
                throw new SessionFormatException(
                    $"Line {_line + 1} is longer than {maxLineLength:N0} bytes, the longest that is read. No agent writes such a line: is "
                        + "this a session file?");
            }

            if (end == 0)
            {
                pending.Write(part);
                return pending;
            }

            if (pending.WrittenCount == 0)
            {
                AddLine(part.ToArray());
            }
            else
            {
                pending.Write(part);
                AddLine(pending.WrittenSpan.ToArray());
                if (pending.Capacity > 4 * BlockLength)
                    pending = new ArrayBufferWriter<byte>();
                else
                    pending.ResetWrittenCount();
            }

            block = block[end..];
        }
    }

    private void AddLine(byte[] raw)
    {
        _line++;
        if (_line == 1 && raw.AsSpan().StartsWith(ByteOrderMark.Span))
            (raw, Preamble) = (raw[ByteOrderMark.Length..], ByteOrderMark);
        var (position, rawStart) = (0, 0);
        if (raw.AsSpan().Contains((byte)0))
            Report("holds NUL bytes; they are passed over and kept");
        if (!Utf8.IsValid(raw))
            Report("holds bytes that are not UTF-8; they are read as U+FFFD and kept");
        while (true)
        {
            position += Insignificant(raw.AsSpan(position));
            if (position == raw.Length)
                break;
            var length = Visit(raw.AsMemory(position));
            if (length == 0)
            {
                Report(Complaint(raw));
                var next = NextObject(raw, position);
                if (next < 0)
                    break;
                _entries.Add(new JsonlEntry(_line, raw.AsMemory(rawStart, next - rawStart), 0, 0));
                position = rawStart = next;
                continue;
            }

            if (length > 0)
            {
                _entries.Add(new JsonlEntry(_line, raw.AsMemory(rawStart, position + length - rawStart), position - rawStart, length));
                position += length;
                rawStart = position;
            }
            else
            {
                Report("is JSON but no object; kept as it is");
                position -= length;
            }
        }

        Close(raw, rawStart, position);
    }

    /// <summary>
    /// Where a whole object begins behind a broken one: an agent that died in a line goes on in that line when it is started again.
    /// </summary>
    private static int NextObject(byte[] raw, int position)
    {
        for (var attempts = 0; attempts < MaxAttempts;)
        {
            var start = raw.AsSpan(position + 1).IndexOf("{\""u8);
            if (start < 0)
                return -1;
            position += 1 + start;
            var rest = raw.AsMemory(position);
            if (!IsLineStart(rest.Span))
                continue;
            attempts++;
            if (Parse(rest[..^TrailingInsignificant(rest.Span)]) is not { } found)
                continue;
            found.Dispose();
            return position;
        }

        return -1;
    }

    // Members that agents begin their lines with; the objects inside a broken line begin otherwise or do not reach its end.
    private static bool IsLineStart(ReadOnlySpan<byte> json) =>
        json.StartsWith("{\"parentUuid\":"u8) || json.StartsWith("{\"type\":"u8) || json.StartsWith("{\"timestamp\":"u8);

    // What follows the last object of a line belongs to its entry when it is only white space, and is an entry without object otherwise.
    private void Close(byte[] raw, int rawStart, int position)
    {
        if (rawStart == raw.Length && raw.Length > 0)
            return;
        if (rawStart > 0 && position == raw.Length)
            _entries[^1] = _entries[^1] with { Raw = raw.AsMemory(rawStart - _entries[^1].Raw.Length) };
        else
            _entries.Add(new JsonlEntry(_line, raw.AsMemory(rawStart), 0, 0));
    }

    /// <summary>Shows the first object to the visitor.</summary>
    /// <returns>
    /// The length of the object that <paramref name="rest"/> begins with; 0 when it is broken; negative for a value that is no object.
    /// </returns>
    private int Visit(ReadOnlyMemory<byte> rest)
    {
        var whole = rest[..^TrailingInsignificant(rest.Span)];
        if (Parse(whole) is { } all)
            return Visit(all, whole.Length);
        var length = FirstValueLength(whole.Span);
        return length > 0 && Parse(whole[..length]) is { } first ? Visit(first, length) : 0;
    }

    private int Visit(JsonDocument document, int length)
    {
        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return -length;
            _visit(_entries.Count, document.RootElement);
            return length;
        }
    }

    private static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonlEntry.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int FirstValueLength(ReadOnlySpan<byte> json)
    {
        var options = new JsonReaderOptions { AllowMultipleValues = true, MaxDepth = JsonlEntry.MaxDepth };
        var reader = new Utf8JsonReader(json, isFinalBlock: true, new JsonReaderState(options));
        try
        {
            if (!reader.Read())
                return 0;
            reader.Skip();
            return (int)reader.BytesConsumed;
        }
        catch (JsonException)
        {
            return 0;
        }
    }

    private static int Insignificant(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExcept(" \t\r\n\0"u8);
        return length < 0 ? text.Length : length;
    }

    private static int TrailingInsignificant(ReadOnlySpan<byte> text) => text.Length - 1 - text.LastIndexOfAnyExcept(" \t\r\n\0"u8);

    private static string Complaint(ReadOnlySpan<byte> raw) =>
        raw.EndsWith("\n"u8)
            ? "is not a JSON object; kept as it is"
            : "is cut off or not a JSON object (the file ends in it); kept as it is";

    private void Report(string message) => _problems.Add(new FormatProblem($"line {_line}", message));

    private void ThrowIfNothingReadable()
    {
        if (_line == 0)
            throw new SessionFormatException("The input is empty: a session file has one JSON object a line.");
        if (_entries.Exists(static entry => entry.IsObject))
            return;
        throw new SessionFormatException(_problems is [var first, ..]
            ? $"No line of the input is a JSON object; {first.Place} {first.Message}."
            : "The input holds blank lines only: a session file has one JSON object a line.");
    }
}
