using System.Buffers;
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Strata.Transcripts;

namespace Strata.Storage.Packing;

/// <summary>Receipts, nodes and ledgers as compressed JSON.</summary>
internal static class RecordJson
{
    // A receipt of a long conversation lists thousands of cuts with a few reasons: it shrinks to a tenth already at the lowest quality.
    private const int Quality = 1;
    private const int Window = 18;

    private static readonly JsonSerializerOptions Options = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new HandleConverter(), new FingerprintConverter(), new JsonStringEnumConverter() },
    };

    public static byte[] Write<T>(T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, Options);
        var target = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(json.Length));
        if (!BrotliEncoder.TryCompress(json, target, out var written, Quality, Window))
            throw new InvalidOperationException($"{json.Length} bytes did not fit into {target.Length} compressed.");
        var bytes = target.AsSpan(0, written).ToArray();
        ArrayPool<byte>.Shared.Return(target);
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static T Read<T>(byte[] bytes)
    {
        try
        {
            using var json = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
            return JsonSerializer.Deserialize<T>(json, Options) ?? throw new InvalidDataException("A record is empty.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"A record is damaged: {e.Message}", e);
        }
    }

    private sealed class HandleConverter : JsonConverter<Handle>
    {
        public override Handle Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Handle.TryParse(reader.GetString(), out var handle) ? handle : throw new JsonException("not a handle");

        public override void Write(Utf8JsonWriter writer, Handle value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }

    private sealed class FingerprintConverter : JsonConverter<Fingerprint>
    {
        public override Fingerprint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.GetString() is { Length: 2 * Fingerprint.Size } text && text.All(char.IsAsciiHexDigit)
                ? Fingerprint.Read(Convert.FromHexString(text))
                : throw new JsonException("not a fingerprint");

        public override void Write(Utf8JsonWriter writer, Fingerprint value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
