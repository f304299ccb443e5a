using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tokens.Bpe;

/// <summary>Remembers the token counts of short pieces. Exact: an entry holds all bytes of its piece and their number, not a hash.</summary>
/// <remarks>An entry is 16 bytes: up to 15 bytes of text padded with 0, then a byte with the length (high half) and the count (low half).</remarks>
internal sealed unsafe class WordCache
{
    public const int MaxLength = 15;

    private const int IndexBits = 15;

    private readonly Vector128<ulong>[] _entries = GC.AllocateArray<Vector128<ulong>>(1 << IndexBits, pinned: true);
    private readonly Vector128<ulong>* _entry;

    public WordCache() => _entry = (Vector128<ulong>*)Unsafe.AsPointer(ref _entries[0]);

    /// <summary>The entry to look into for a piece, and what it holds when it is that piece's with its count left out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector128<ulong>* Locate(byte* piece, int length, out ulong low, out ulong high)
    {
        Vector128<byte> bytes = Vector128.Load(piece);
        Vector128<byte> indices = Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        Vector128<ulong> text = (bytes & Vector128.LessThan(indices, Vector128.Create((byte)length))).AsUInt64();
        low = text.ToScalar();
        high = text.GetElement(1) | (ulong)length << 60;
        ulong hash = (low ^ high * 0xC2B2AE3D27D4EB4F) * 0x9E3779B97F4A7C15;
        hash ^= hash >> 32;
        return _entry + ((hash * 0x9E3779B97F4A7C15) >> (64 - IndexBits));
    }

    /// <returns>The count, or 0 when the entry is another piece's.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(Vector128<ulong>* entry, ulong low, ulong high)
    {
        ulong difference = entry->GetElement(1) ^ high;
        return entry->ToScalar() == low && (difference & ~(0xFUL << 56)) == 0 ? (int)(difference >> 56) : 0;
    }

    public static void Write(Vector128<ulong>* entry, ulong low, ulong high, int count) =>
        *entry = Vector128.Create(low, high | (ulong)count << 56);
}
