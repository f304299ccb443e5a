using System.Security.Cryptography;
using System.Text;

namespace Strata.Formats.Jsonl;

/// <summary>Ids for new lines: the same input gives the same id, so output is deterministic.</summary>
internal static class StableId
{
    /// <summary>A UUID of version 8 (made from a hash) over <paramref name="parts"/>.</summary>
    public static string Uuid(params ReadOnlySpan<string> parts)
    {
        Span<byte> bytes = stackalloc byte[16];
        Hash(parts)[..16].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>Lower-case hexadecimal digits over <paramref name="parts"/>.</summary>
    /// <param name="length">How many digits, at most 64.</param>
    /// <param name="parts">What the id stands for.</param>
    public static string Hex(int length, params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(Hash(parts))[..length];

    private static ReadOnlySpan<byte> Hash(ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0x1f]);
        }

        return hash.GetHashAndReset();
    }
}
