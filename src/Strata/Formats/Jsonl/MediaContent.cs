using Microsoft.Extensions.AI;

namespace Strata.Formats.Jsonl;

internal static class MediaContent
{
    /// <summary>The media; null where the media type is no media type.</summary>
    public static DataContent? Create(ReadOnlyMemory<byte> bytes, string mediaType)
    {
        try
        {
            return new DataContent(bytes, mediaType);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
