using System.Text.Json;

namespace Strata.Formats.Json;

/// <summary>Parts of a document as <see cref="JsonElement"/>, in copies of their own.</summary>
internal static class JsonElements
{
    // What JsonSerializer takes by default; deeper values would break whoever serializes the messages.
    private const int MaxDepth = 64;

    /// <summary>
    /// The value as an element that every reader can decode: see <see cref="JsonStrings.Sanitize"/>. Nested deeper than 64 levels it is a
    /// JSON string that holds the raw text.
    /// </summary>
    public static JsonElement Copy(ReadOnlySpan<byte> json)
    {
        var clean = JsonStrings.Sanitize(json);
        return TryParse(clean) ?? JsonElement.Parse(JsonStrings.Encode(System.Text.Encoding.UTF8.GetString(clean)));
    }

    public static byte[] Raw(JsonElement element) => System.Text.Encoding.UTF8.GetBytes(element.GetRawText());

    /// <summary>The value; null when it is not JSON or nested too deeply.</summary>
    public static JsonElement? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
