using System.Buffers.Binary;

namespace Strata.Tokens;

/// <summary>Pages of a PDF and seconds of a recording, estimated from the bytes and never too low without saying so.</summary>
internal static class MediaMeasure
{
    /// <summary>A page that holds little more than text takes about this many bytes in a compressed PDF.</summary>
    private const int BytesPerPage = 25_000;

    /// <summary>The lowest usual bit rate of speech, so an unknown recording is counted rather too long than too short.</summary>
    private const int AudioBytesPerSecond = 32_000 / 8;

    /// <summary>Half a megabit: low for video, again rather too long than too short.</summary>
    private const int VideoBytesPerSecond = 500_000 / 8;

    /// <summary>Page objects that are readable in the file; where they are compressed away, a page for every 25 kB.</summary>
    public static int PdfPages(ReadOnlySpan<byte> data)
    {
        var pages = 0;
        for (var rest = data; rest.IndexOf("/Type"u8) is >= 0 and var at;)
        {
            rest = rest[(at + 5)..];
            var value = rest.TrimStart((byte)' ');
            if (value.StartsWith("/Page"u8) && (value.Length == 5 || !char.IsAsciiLetter((char)value[5])))
                pages++;
        }

        return pages > 0 ? pages : Math.Max(1, (data.Length + BytesPerPage - 1) / BytesPerPage);
    }

    public static int AudioSeconds(ReadOnlySpan<byte> data)
    {
        if (data is [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..]
            && data.Length >= 32
            && BinaryPrimitives.ReadInt32LittleEndian(data[28..]) is > 0 and var byteRate)
            return Seconds(data.Length, byteRate);
        return Seconds(data.Length, AudioBytesPerSecond);
    }

    public static int VideoSeconds(ReadOnlySpan<byte> data) => Seconds(data.Length, VideoBytesPerSecond);

    private static int Seconds(int bytes, int bytesPerSecond) => Math.Max(1, (int)(((long)bytes + bytesPerSecond - 1) / bytesPerSecond));
}
