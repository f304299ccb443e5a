using System.Buffers.Binary;
using System.Text;
using Strata.Tokens.Bpe;

namespace Strata.Vocabulary;

/// <summary>
/// Writes a vocabulary as the hash table of its merges that the library uses in place (<see cref="MergeLayout"/>): token n ≥ 256 is the
/// pair of older tokens it is made of. The bytes of every token follow from the pairs.
/// </summary>
internal static class MergeTableWriter
{
    public static byte[] Write(byte[][] tokens)
    {
        Dictionary<string, int> ranks = [];
        for (int rank = 0; rank < tokens.Length; rank++)
            ranks.Add(Key(tokens[rank]), rank);

        int slotBits = MergeLayout.SlotBits(tokens.Length);
        var slots = new ulong[(1 << slotBits) + MergeLayout.Overflow];
        byte[] table = new byte[MergeLayout.SlotsAt + slots.Length * sizeof(ulong)];
        BinaryPrimitives.WriteInt32LittleEndian(table, tokens.Length);
        for (int rank = 0; rank < 256; rank++)
            table[MergeLayout.BytesAt + rank] =
                tokens[rank].Length == 1 ? tokens[rank][0] : throw new InvalidDataException($"token {rank} is not one byte");

        for (int rank = 256; rank < tokens.Length; rank++)
        {
            (int left, int right) = Split(tokens[rank], rank, ranks);
            ulong pair = MergeLayout.Pair(left, right), hash = MergeLayout.Hash(pair);
            int bit = (int)(hash >> (64 - MergeLayout.FilterBits));
            table[MergeLayout.FilterAt + (bit >> 3)] |= (byte)(1 << (bit & 7));
            int slot = (int)(hash >> (64 - slotBits));
            while (slots[slot] != 0)
                slot++;
            slots[slot] = pair << MergeLayout.IdBits | (uint)rank;
        }

        if (slots[^1] != 0)
            throw new InvalidDataException("too many collisions at the end of the table");
        for (int slot = 0; slot < slots.Length; slot++)
            BinaryPrimitives.WriteUInt64LittleEndian(table.AsSpan(MergeLayout.SlotsAt + slot * sizeof(ulong)), slots[slot]);
        return table;
    }

    /// <summary>Merges the bytes of a token with all older tokens; a token that merging can produce ends as exactly two.</summary>
    private static (int Left, int Right) Split(byte[] token, int rank, Dictionary<string, int> ranks)
    {
        List<string> parts = [.. token.Select(b => Key([b]))];
        while (parts.Count > 2)
        {
            int best = rank, index = -1;
            for (int i = 0; i + 1 < parts.Count; i++)
            {
                if (ranks.TryGetValue(parts[i] + parts[i + 1], out int merged) && merged < best)
                    (best, index) = (merged, i);
            }

            if (index < 0)
                throw new InvalidDataException($"token {rank} cannot be produced by merging");
            parts[index] += parts[index + 1];
            parts.RemoveAt(index + 1);
        }

        return (ranks[parts[0]], ranks[parts[1]]);
    }

    private static string Key(byte[] bytes) => Encoding.Latin1.GetString(bytes);
}
