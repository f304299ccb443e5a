using System.Text.Json;
using Strata.Transcripts;

namespace Strata.Tokens;

/// <summary>
/// Counts what only its vendor understands, as it stands in the request: pictures by their size, ciphertexts by their length, and the
/// rest as the JSON that it is.
/// </summary>
internal static class RawTokens
{
    // Encrypted content is base64 of about the bytes of the text it hides, and a token has about four bytes: 3/4 byte a char, 1/4 token a
    // byte.
    private const int HiddenNumerator = 3, HiddenDenominator = 16;

    private const int ShortestPicture = 64;

    // Of a picture only the head is decoded, which holds its size. JPEG may carry a preview before it.
    private const int PictureHead = 96 * 1024;

    /// <summary>The tokens that a ciphertext of this many chars stands for.</summary>
    public static int Hidden(int chars) => (int)((long)chars * HiddenNumerator / HiddenDenominator);

    /// <summary>The tokens of the text, and apart from them those of the pictures and documents in it.</summary>
    public static (int Text, int Media) Count(ITokenCounter counter, MediaRules media, JsonElement raw)
    {
        var found = new Found(media);
        if (!found.Look(raw))
            return (JsonTokens.Count(counter, raw), 0);
        return (JsonTokens.Count(counter, found.Without(raw)) + found.Ciphertext, found.Media);
    }

    private sealed class Found(MediaRules media)
    {
        public int Ciphertext { get; private set; }

        public int Media { get; private set; }

        public bool Look(JsonElement value, string name = "", JsonElement holder = default)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    var any = false;
                    foreach (var member in value.EnumerateObject())
                        any |= Look(member.Value, member.Name, value);
                    return any;
                case JsonValueKind.Array:
                    var one = false;
                    foreach (var item in value.EnumerateArray())
                        one |= Look(item, name, holder);
                    return one;
                case JsonValueKind.String:
                    return IsCiphertext(name, holder) ? Hide(JsonText.StringOf(value)) : Measure(name, holder, value);
                default:
                    return false;
            }
        }

        /// <summary>The value without what was counted by a rule.</summary>
        public JsonElement Without(JsonElement value)
        {
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
                Write(writer, value);
            return JsonElement.Parse(stream.ToArray());
        }

        private void Write(Utf8JsonWriter writer, JsonElement value, string name = "", JsonElement holder = default)
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.Object:
                    writer.WriteStartObject();
                    foreach (var member in value.EnumerateObject())
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value, member.Name, value);
                    }

                    writer.WriteEndObject();
                    break;
                case JsonValueKind.Array:
                    writer.WriteStartArray();
                    foreach (var item in value.EnumerateArray())
                        Write(writer, item, name, holder);
                    writer.WriteEndArray();
                    break;
                case JsonValueKind.String when IsCiphertext(name, holder) || PictureIn(name, holder, value) is not null:
                    writer.WriteStringValue("");
                    break;
                default:
                    value.WriteTo(writer);
                    break;
            }
        }

        private bool Hide(string text)
        {
            Ciphertext += Hidden(text.Length);
            return true;
        }

        private bool Measure(string name, JsonElement holder, JsonElement value)
        {
            if (PictureIn(name, holder, value) is not { } base64)
                return false;
            var size = ImageSize.Read(Bytes(base64.AsSpan(0, Math.Min(base64.Length, PictureHead))));
            var isLow = Text(holder, "detail") == "low";
            Media += Text(holder, "media_type") is "application/pdf"
                ? media.Pdf(MediaMeasure.PdfPages(Bytes(base64)))
                : media.Image(size?.Width, size?.Height, isLow);
            return true;
        }

        /// <summary>The base64 of a picture or document; null where the string is text.</summary>
        private static string? PictureIn(string name, JsonElement holder, JsonElement value)
        {
            if (name is not ("data" or "result" or "url" or "image_url" or "file_data" or "b64_json" or "partial_image_b64"))
                return null;
            var text = JsonText.StringOf(value);
            if (text.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase))
                return text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..];
            var isMarked = name switch
            {
                "data" => Text(holder, "media_type") is { } type
                    && (type.StartsWith("image/", StringComparison.Ordinal) || type == "application/pdf"),
                "result" => Text(holder, "type") == "image_generation_call",
                "b64_json" or "partial_image_b64" => true,
                _ => false,
            };
            return isMarked && text.Length >= ShortestPicture ? text : null;
        }

        private static bool IsCiphertext(string name, JsonElement holder) => name switch
        {
            "encrypted_content" or "encrypted_stdout" or "encrypted_index" or "encrypted_data" or "signature" or "thoughtSignature" => true,
            "data" => Text(holder, "type") is "redacted_thinking" or "reasoning.encrypted",
            _ => false,
        };

        private static string? Text(JsonElement holder, string name) =>
            holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(name, out var value)
            && value.ValueKind == JsonValueKind.String ? JsonText.StringOf(value) : null;

        private static byte[] Bytes(ReadOnlySpan<char> base64)
        {
            var whole = base64[..(base64.Length & ~3)];
            var bytes = new byte[(whole.Length / 4 * 3) + 3];
            return Convert.TryFromBase64Chars(whole, bytes, out var written) ? bytes[..written] : [];
        }
    }
}
