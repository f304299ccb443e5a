using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Gateway.Wire;

/// <summary>
/// Reads the input tokens that an answer reports while it passes by, whatever it is: one JSON document, a stream of events, lines of JSON.
/// </summary>
internal sealed class ReplyReader(bool isLines)
{
    // An answer's text is of no interest, and a line that is longer holds a picture.
    private const int LongestLine = 256 * 1024;
    private const int LongestDocument = 4 * 1024 * 1024;

    private readonly MemoryStream _pending = new();
    private bool _isTooLong;

    /// <summary>Input tokens, those from and into caches included; null: none were reported.</summary>
    public UsageDetails? Usage => Input is { } input ? new UsageDetails { InputTokenCount = input } : null;

    private long? Input { get; set; }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (isLines && bytes.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Keep(bytes[..end], LongestLine);
            Finish();
            bytes = bytes[(end + 1)..];
        }

        Keep(bytes, isLines ? LongestLine : LongestDocument);
    }

    /// <summary>Reads what came last.</summary>
    public void Finish()
    {
        var line = _pending.GetBuffer().AsSpan(0, (int)_pending.Length);
        if (line.StartsWith("data:"u8))
            line = line["data:"u8.Length..];
        if (!_isTooLong && (line.IndexOf("\"usage\""u8) >= 0 || line.IndexOf("\"prompt_eval_count\""u8) >= 0))
            Read(line);
        _pending.SetLength(0);
        _isTooLong = false;
    }

    private void Keep(ReadOnlySpan<byte> bytes, int longest)
    {
        _isTooLong |= _pending.Length + bytes.Length > longest;
        if (!_isTooLong)
            _pending.Write(bytes);
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!JsonDocument.TryParseValue(ref reader, out var document))
                return;
            using (document)
                Input = Find(document.RootElement) ?? Input;
        }
        catch (JsonException)
        {
            // An answer that is no JSON reports nothing.
        }
    }

    // Anthropic has it in `message.usage` of the first event, Responses in `response.usage` of the last one.
    private static long? Find(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return null;
        if (Number(root, "prompt_eval_count") is { } evaluated)
            return evaluated;
        foreach (var holder in (ReadOnlySpan<string>)["message", "response"])
        {
            if (root.TryGetProperty(holder, out var inner) && Find(inner) is { } found)
                return found;
        }

        if (!root.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
            return null;
        return Number(usage, "prompt_tokens") ?? (Number(usage, "input_tokens") is { } input
            ? input + (Number(usage, "cache_creation_input_tokens") ?? 0) + (Number(usage, "cache_read_input_tokens") ?? 0) : null);
    }

    private static long? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
            ? number : null;
}
