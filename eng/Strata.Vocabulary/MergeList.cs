using System.Buffers.Binary;
using System.Text;

namespace Strata.Vocabulary;

/// <summary>
/// Packs a vocabulary as the list of its merges: token n ≥ 256 is the pair of older tokens it is made of. The bytes of every token
/// follow from the pairs, so nothing else needs to be stored, and the list is nearly as small as the compressed text of the vocabulary.
/// </summary>
/// <remarks>
/// Layout, little endian: token count (int32), bits of an id (int32), the byte value of each of the 256 first tokens, then
/// one entry of 2 × bits for each further token (left in the low bits), bit-packed, and 8 bytes of padding.
/// </remarks>
internal static class MergeList
{
    private const int Header = 8 + 256;

    public static byte[] Pack(byte[][] tokens)
    {
        Dictionary<string, int> ranks = [];
        for (int rank = 0; rank < tokens.Length; rank++)
            ranks.Add(Key(tokens[rank]), rank);

        int bits = 32 - int.LeadingZeroCount(tokens.Length - 1);
        byte[] packed = new byte[Header + ((long)(tokens.Length - 256) * 2 * bits + 7) / 8 + 8];
        BinaryPrimitives.WriteInt32LittleEndian(packed, tokens.Length);
        BinaryPrimitives.WriteInt32LittleEndian(packed.AsSpan(4), bits);
        for (int rank = 0; rank < 256; rank++)
            packed[8 + rank] = tokens[rank].Length == 1 ? tokens[rank][0] : throw new InvalidDataException($"token {rank} is not one byte");

        for (int rank = 256; rank < tokens.Length; rank++)
        {
            (int left, int right) = Split(tokens[rank], rank, ranks);
            long bit = (long)(rank - 256) * 2 * bits;
            Span<byte> at = packed.AsSpan(Header + (int)(bit >> 3));
            ulong entry = ((ulong)right << bits | (uint)left) << (int)(bit & 7);
            BinaryPrimitives.WriteUInt64LittleEndian(at, BinaryPrimitives.ReadUInt64LittleEndian(at) | entry);
        }

        return packed;
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
