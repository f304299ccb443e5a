using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Pipeline;

/// <summary>Reads a request's body once, into a rented array.</summary>
internal static class RequestBytes
{
    private const int FirstLength = 64 * 1024;

    /// <summary>The same bytes to read, not copied where that can be.</summary>
    public static MemoryStream ToStream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    /// <summary>The array, to be returned to the shared pool, and how much of it is the body.</summary>
    /// <exception cref="BadHttpRequestException">It is longer than <paramref name="most"/>, or ends early.</exception>
    public static async ValueTask<(byte[] Rented, int Length)> ReadAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        if (request.ContentLength > most)
            throw new BadHttpRequestException("too long", StatusCodes.Status413PayloadTooLarge);
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength + 1 ?? FirstLength));
        var length = 0;
        try
        {
            while (true)
            {
                var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    return (buffer, length);
                length += read;
                if (length > most)
                    throw new BadHttpRequestException("too long", StatusCodes.Status413PayloadTooLarge);
                if (length < buffer.Length)
                    continue;
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger, 0);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }
}
