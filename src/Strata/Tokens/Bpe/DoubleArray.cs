using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>Finds for each node the place where its children fit between those of the others.</summary>
internal static class DoubleArray
{
    // Nodes without children point at the first 256 cells, which stay empty.
    private const int FirstCell = 256;

    private const int MaxAttempts = 16;

    /// <summary>For each node the cell that its child with byte 0 has or would have; unique among the nodes with children.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int[] Place(TrieNodes nodes, out int size)
    {
        int[] bases = new int[nodes.Count];
        int room = nodes.Count * 2 + 4 * FirstCell;
        ulong[] taken = new ulong[room / 64 + 8], usedBases = new ulong[room / 64 + 8];
        int singleCursor = 2 * FirstCell, familyCursor = singleCursor, last = singleCursor;
        for (int node = 0; node < bases.Length; node++)
        {
            int first = nodes.FirstChild[node];
            if (first == 0)
                continue;

            bool isFamily = nodes.NextSibling[first] != 0;
            ref int cursor = ref isFamily ? ref familyCursor : ref singleCursor;
            int cell = NextFree(taken, cursor);
            for (int attempt = 0; !Fits(nodes, first, cell - nodes.Label[first], taken, usedBases); attempt++)
            {
                // Too full here for families: single children will fill what is left, up to where nearly all starts are in use.
                if (attempt == MaxAttempts)
                    cursor = cell = isFamily ? Math.Max(cell, last - FirstCell) : cell;
                cell = NextFree(taken, cell + 1);
            }

            int start = cell - nodes.Label[first];
            bases[node] = start;
            Set(usedBases, start);
            for (int child = first; child != 0; child = nodes.NextSibling[child])
            {
                Set(taken, start + nodes.Label[child]);
                last = Math.Max(last, start + nodes.Label[child]);
            }
        }

        size = last + 1;
        return bases;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Fits(TrieNodes nodes, int first, int start, ulong[] taken, ulong[] usedBases)
    {
        if (start < FirstCell || IsSet(usedBases, start))
            return false;
        for (int child = nodes.NextSibling[first]; child != 0; child = nodes.NextSibling[child])
        {
            if (IsSet(taken, start + nodes.Label[child]))
                return false;
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextFree(ulong[] taken, int cell)
    {
        int word = cell >> 6;
        ulong free = ~taken[word] & ulong.MaxValue << cell;
        while (free == 0)
            free = ~taken[++word];
        return word << 6 | BitOperations.TrailingZeroCount(free);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsSet(ulong[] bits, int index) => (bits[index >> 6] >> index & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Set(ulong[] bits, int index) => bits[index >> 6] |= 1UL << index;
}
