using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>Which token two neighbours merge into. Every token has exactly one such pair, so the table has as many entries as the vocabulary.</summary>
/// <remarks>
/// Most questions are answered no; a bitmap small enough for the second-level cache answers most of these. A slot is
/// one word: left, right and merged token, 21 bits each, and 0 is an empty slot (token 0 is never merged from two).
/// </remarks>
internal sealed unsafe class MergeTable
{
    public const int None = int.MaxValue;

    private const int IdBits = 21;
    private const ulong IdMask = (1UL << IdBits) - 1;
    private const int FilterBits = 21;

    private readonly ulong[] _slots;
    private readonly ulong[] _filter = GC.AllocateArray<ulong>(1 << (FilterBits - 6), pinned: true);
    private readonly ulong* _slot;
    private readonly ulong* _bits;
    private readonly int _shift;

    public MergeTable(int count)
    {
        int bits = BitOperations.Log2((uint)count) + 1;
        _shift = 64 - bits;
        // Probing never wraps around: the slots after the last home position take what overflows there.
        _slots = GC.AllocateArray<ulong>((1 << bits) + 256, pinned: true);
        _slot = (ulong*)Unsafe.AsPointer(ref _slots[0]);
        _bits = (ulong*)Unsafe.AsPointer(ref _filter[0]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int left, int right, int merged)
    {
        ulong pair = Pair(left, right), hash = Hash(pair);
        _bits[hash >> (64 - FilterBits + 6)] |= 1UL << (int)(hash >> (64 - FilterBits));
        ulong* slot = _slot + (hash >> _shift);
        while (*slot != 0)
            slot++;
        *slot = pair << IdBits | (uint)merged;
    }

    /// <returns>The token, which is also the rank of the merge, or <see cref="None"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int left, int right)
    {
        ulong pair = Pair(left, right), hash = Hash(pair);
        return (_bits[hash >> (64 - FilterBits + 6)] >> (int)(hash >> (64 - FilterBits)) & 1) == 0 ? None : Probe(pair, hash);
    }

    private int Probe(ulong pair, ulong hash)
    {
        ulong* slot = _slot + (hash >> _shift);
        for (; *slot != 0; slot++)
        {
            if (*slot >> IdBits == pair)
                return (int)(*slot & IdMask);
        }

        return None;
    }

    private static ulong Pair(int left, int right) => (ulong)(uint)left << IdBits | (uint)right;

    // Fibonacci hashing; the high bits depend on all of the pair.
    private static ulong Hash(ulong pair) => (pair ^ pair >> 15) * 0x9E3779B97F4A7C15;
}
