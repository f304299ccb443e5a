using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>Images, files and sounds; null where the data is not what it claims to be.</summary>
internal static class MediaContents
{
    /// <summary>From a data URI or a link; <paramref name="kind"/> is the media type that a link has, since it does not say.</summary>
    public static AIContent? FromUri(string? uri, string kind)
    {
        if (uri is null)
            return null;
        try
        {
            if (uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
                return new DataContent(uri);
            return Uri.TryCreate(uri, UriKind.Absolute, out var link) ? new UriContent(link, kind) : null;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }
    }

    public static AIContent? FromBase64(string? data, string? mediaType, string? name = null)
    {
        if (data is null)
            return null;
        try
        {
            var bytes = Convert.FromBase64String(data);
            return new DataContent(bytes, mediaType ?? TypeOf(bytes)) { Name = name };
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            return null;
        }
    }

    /// <summary>A block that only its own format understands: its JSON, untouched.</summary>
    public static AIContent Opaque(JsonValue value) => new() { RawRepresentation = JsonElements.Copy(value.Bytes) };

    public static JsonElement? RawBlock(AIContent content) =>
        content.RawRepresentation is JsonElement { ValueKind: JsonValueKind.Object } block ? block : null;

    /// <summary>What stands in for media that a format cannot carry.</summary>
    public static string Describe(AIContent content) => content switch
    {
        DataContent data => $"[{data.MediaType}, {data.Data.Length} bytes, left out]",
        UriContent link => $"[{link.MediaType}: {link.Uri}]",
        HostedFileContent file => $"[file {file.FileId}, left out]",
        _ => "[content left out]",
    };

    private static string TypeOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xFF, 0xD8, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => "image/webp",
        _ => "image/png",
    };
}
