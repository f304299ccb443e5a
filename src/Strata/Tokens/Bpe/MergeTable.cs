using System.Runtime.CompilerServices;
using static Strata.Tokens.Bpe.MergeLayout;

namespace Strata.Tokens.Bpe;

/// <summary>
/// Which token two neighbours merge into. Every token has exactly one such pair, so the table has as many entries as the vocabulary.
/// </summary>
/// <remarks>
/// Used in place, as it lies in the assembly: a process that counts one line reads a few pages of it. Most questions are answered no, and a
/// bitmap small enough for the second-level cache answers most of these.
/// </remarks>
internal sealed unsafe class MergeTable
{
    public const int None = int.MaxValue;

    private const ulong IdMask = (1UL << IdBits) - 1;

    private readonly byte* _filter;
    private readonly ulong* _slots;
    private readonly int _slotCount;
    private readonly int _shift;

    public MergeTable(byte* table, int tokens)
    {
        _filter = table + FilterAt;
        _slots = (ulong*)(table + SlotsAt);
        _slotCount = (1 << SlotBits(tokens)) + Overflow;
        _shift = 64 - SlotBits(tokens);
    }

    /// <summary>The token, which is also the rank of the merge, or <see cref="None"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(int left, int right)
    {
        ulong pair = Pair(left, right), hash = Hash(pair), bit = hash >> (64 - FilterBits);
        return (_filter[bit >> 3] >> (int)(bit & 7) & 1) == 0 ? None : Probe(pair, hash);
    }

    /// <summary>The two parts of every token, left in the low half; for the first 256 the token itself on both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long[] Parts(int tokens)
    {
        var parts = new long[tokens];
        for (int token = 0; token < 256; token++)
            parts[token] = (long)token << 32 | (uint)token;
        for (int slot = 0; slot < _slotCount; slot++)
        {
            ulong entry = _slots[slot];
            if (entry != 0)
                parts[entry & IdMask] = (long)(entry >> IdBits & IdMask) << 32 | (long)(entry >> (2 * IdBits));
        }

        return parts;
    }

    private int Probe(ulong pair, ulong hash)
    {
        for (ulong* slot = _slots + (hash >> _shift); *slot != 0; slot++)
        {
            if (*slot >> IdBits == pair)
                return (int)(*slot & IdMask);
        }

        return None;
    }
}
