using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Strata.Transcripts;

/// <summary>
/// 128 bits that identify content. A message's fingerprint covers its canonical content; a prefix fingerprint covers everything up to and
/// including a position, so equal prefix fingerprints mean equal conversations, whatever objects hold them.
/// </summary>
public readonly record struct Fingerprint(ulong High, ulong Low)
{
    /// <summary>The fingerprint of nothing: the start of every rolling prefix.</summary>
    public static Fingerprint Empty => default;

    /// <summary>The fingerprint of bytes.</summary>
    public static Fingerprint Of(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return Read(hash);
    }

    /// <summary>Length in bytes, as <see cref="Write"/> writes it.</summary>
    public const int Size = 16;

    /// <summary>Reads the first <see cref="Size"/> bytes.</summary>
    public static Fingerprint Read(ReadOnlySpan<byte> hash) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));

    internal Fingerprint Then(Fingerprint next)
    {
        Span<byte> both = stackalloc byte[32];
        Write(both);
        next.Write(both[16..]);
        return Of(both);
    }

    /// <summary>Writes <see cref="Size"/> bytes, big-endian.</summary>
    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], Low);
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
