namespace Strata.Formats.Json;

/// <summary>Whole documents from streams and to them.</summary>
internal static class BodyStream
{
    private const int ChunkLength = 1 << 20;

    /// <summary>Reads to the end; a stream that cannot tell its length too.</summary>
    public static async ValueTask<byte[]> ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        // Where the length is known one array takes it all: a copy would cost the memory of a second document.
        var buffer = new byte[input.CanSeek ? Limit(Math.Max(1, input.Length - input.Position)) : ChunkLength];
        var full = new List<byte[]>();
        var filled = 0;
        while (await input.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false) is var read and > 0)
        {
            filled += read;
            if (filled < buffer.Length)
                continue;
            full.Add(buffer);
            buffer = new byte[ChunkLength];
            filled = 0;
        }

        return full.Count == 1 && filled == 0 ? full[0] : Join(full, buffer.AsSpan(0, filled));
    }

    private static byte[] Join(List<byte[]> full, ReadOnlySpan<byte> last)
    {
        var result = GC.AllocateUninitializedArray<byte>(Limit(full.Sum(static chunk => (long)chunk.Length) + last.Length));
        var position = 0;
        for (var i = 0; i < full.Count; i++)
        {
            full[i].CopyTo(result, position);
            position += full[i].Length;
            full[i] = [];
        }

        last.CopyTo(result.AsSpan(position));
        return result;
    }

    private static int Limit(long length) => length <= Array.MaxLength
        ? (int)length
        : throw new SessionFormatException("The document is larger than 2 GB, the most that one JSON document may have here.");
}
