using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>
/// How the embedded tables of merges are laid out; also compiled into eng/Strata.Vocabulary, which writes them.
/// </summary>
/// <remarks>
/// Little endian: the number of tokens (8 bytes), the byte value of each of the first 256 tokens, a bitmap of the pairs that exist, then a
/// hash table with linear probing. A slot is one word: left, right and merged token, 21 bits each; 0 is an empty slot, as token 0 is a
/// byte. Probing never wraps around: <see cref="Overflow"/> slots after the last home position take what runs over, and the last of them is
/// empty.
/// </remarks>
internal static class MergeLayout
{
    public const int BytesAt = 8;
    public const int FilterAt = BytesAt + 256;
    public const int FilterBits = 21;
    public const int SlotsAt = FilterAt + (1 << (FilterBits - 3));
    public const int Overflow = 256;
    public const int IdBits = 21;

    /// <summary>The bits of a home position.</summary>
    public static int SlotBits(int tokens) => BitOperations.Log2((uint)tokens) + 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Pair(int left, int right) => (ulong)(uint)left << IdBits | (uint)right;

    // Fibonacci hashing; the high bits, which are used, depend on all of the pair.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(ulong pair) => (pair ^ pair >> 15) * 0x9E3779B97F4A7C15;
}
