using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tokens;

/// <summary>Counts items of a vendor that no other content stands for: as JSON, but for what is encrypted or is a picture in them.</summary>
internal static class OpaqueTokens
{
    /// <summary>
    /// Encrypted content is base64 of about the bytes of the text it hides, and a token has about four bytes: 3/4 byte a char, 1/4 token a
    /// byte.
    /// </summary>
    private const int EncryptedNumerator = 3, EncryptedDenominator = 16;

    private const string EncryptedContent = "encrypted_content";

    public static int OfEncrypted(int chars) => (int)((long)chars * EncryptedNumerator / EncryptedDenominator);

    /// <summary>The tokens of an item, and how many of them are a picture.</summary>
    public static (int Text, int Media) Count(ITokenCounter counter, MediaRules media, JsonElement item)
    {
        if (Picture(item) is { } picture)
        {
            var size = ImageSize.Read(picture);
            return (0, media.Image(size?.Width, size?.Height, lowDetail: false));
        }

        if (!HoldsEncrypted(item))
            return (JsonTokens.Count(counter, item), 0);
        var encrypted = 0;
        var plain = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(plain))
            WritePlain(writer, item, ref encrypted);
        using var read = JsonDocument.Parse(plain.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1_000 });
        return (JsonTokens.Count(counter, read.RootElement) + OfEncrypted(encrypted), 0);
    }

    /// <summary>Whether a vendor encrypted something in it, so that its tokens can only be estimated.</summary>
    public static bool HoldsEncrypted(JsonElement item) => item.ValueKind switch
    {
        JsonValueKind.Object => item.EnumerateObject().Any(static member => IsEncrypted(member) || HoldsEncrypted(member.Value)),
        JsonValueKind.Array => item.EnumerateArray().Any(HoldsEncrypted),
        _ => false,
    };

    private static bool IsEncrypted(JsonProperty member) =>
        member.NameEquals(EncryptedContent) && member.Value.ValueKind == JsonValueKind.String;

    // What OpenAI's tool made is sent back as a picture.
    private static byte[]? Picture(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("image_generation_call") && item.TryGetProperty("result", out var result)
        && result.ValueKind == JsonValueKind.String && result.TryGetBytesFromBase64(out var bytes) ? bytes : null;

    private static void WritePlain(Utf8JsonWriter writer, JsonElement value, ref int encrypted)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    if (IsEncrypted(member))
                    {
                        encrypted += JsonText.StringOf(member.Value).Length;
                        writer.WriteStringValue("");
                    }
                    else
                    {
                        WritePlain(writer, member.Value, ref encrypted);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    WritePlain(writer, item, ref encrypted);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
