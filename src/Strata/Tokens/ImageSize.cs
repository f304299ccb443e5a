using System.Buffers.Binary;

namespace Strata.Tokens;

/// <summary>Width and height of an image in pixels, read from the first bytes of PNG, JPEG, GIF and WebP files.</summary>
internal static class ImageSize
{
    public static (int Width, int Height)? Read(ReadOnlySpan<byte> data)
    {
        var size = data switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => Png(data),
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => Gif(data),
            [0xFF, 0xD8, ..] => Jpeg(data),
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => WebP(data),
            _ => null,
        };
        return size is { Width: > 0, Height: > 0 } ? size : null;
    }

    private static (int Width, int Height)? Png(ReadOnlySpan<byte> data) => data.Length < 24
        ? null
        : (BinaryPrimitives.ReadInt32BigEndian(data[16..]), BinaryPrimitives.ReadInt32BigEndian(data[20..]));

    private static (int Width, int Height)? Gif(ReadOnlySpan<byte> data) => data.Length < 10
        ? null
        : (BinaryPrimitives.ReadUInt16LittleEndian(data[6..]), BinaryPrimitives.ReadUInt16LittleEndian(data[8..]));

    /// <summary>Walks the segments up to the frame header (SOF0–SOF15 without DHT, JPG and DAC, which share the range).</summary>
    private static (int Width, int Height)? Jpeg(ReadOnlySpan<byte> data)
    {
        var at = 2;
        while (at + 9 <= data.Length)
        {
            if (data[at] != 0xFF)
                return null;
            var marker = data[at + 1];
            if (marker is 0xFF)
            {
                at++;
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(data[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(data[(at + 5)..]));
            at += marker is 0x01 or (>= 0xD0 and <= 0xD8) ? 2 : 2 + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 2)..]);
        }

        return null;
    }

    private static (int Width, int Height)? WebP(ReadOnlySpan<byte> data)
    {
        if (data.Length < 30)
            return null;
        switch (data[15])
        {
            case (byte)' ':
                return (BinaryPrimitives.ReadUInt16LittleEndian(data[26..]) & 0x3FFF,
                    BinaryPrimitives.ReadUInt16LittleEndian(data[28..]) & 0x3FFF);
            case (byte)'L':
                var bits = BinaryPrimitives.ReadUInt32LittleEndian(data[21..]);
                return ((int)(bits & 0x3FFF) + 1, (int)(bits >> 14 & 0x3FFF) + 1);
            case (byte)'X':
                return (UInt24(data[24..]) + 1, UInt24(data[27..]) + 1);
            default:
                return null;
        }
    }

    private static int UInt24(ReadOnlySpan<byte> data) => data[0] | data[1] << 8 | data[2] << 16;
}
