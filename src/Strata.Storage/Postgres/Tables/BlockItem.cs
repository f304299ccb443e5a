using System.Buffers.Binary;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Tables;

/// <summary>One original in a block. Its slot is its index among the block's items, and stays when others are removed.</summary>
/// <param name="Print">Its name.</param>
/// <param name="Start">First byte in the uncompressed block.</param>
/// <param name="Length">Bytes; 0: it was removed.</param>
/// <param name="Checksum">CRC-32C of the bytes.</param>
/// <param name="Secrets">Placeholders in it.</param>
/// <param name="IsMade">Whether a compaction made it: such a message is read, but not found by words.</param>
internal readonly record struct BlockItem(Fingerprint Print, int Start, int Length, uint Checksum, int Secrets, bool IsMade = false)
{
    private const int Size = Fingerprint.Size + (5 * sizeof(int));

    public static byte[] Write(IReadOnlyList<BlockItem> items)
    {
        var bytes = new byte[items.Count * Size];
        for (var i = 0; i < items.Count; i++)
        {
            var span = bytes.AsSpan(i * Size, Size);
            items[i].Print.Write(span);
            BinaryPrimitives.WriteInt32LittleEndian(span[16..], items[i].Start);
            BinaryPrimitives.WriteInt32LittleEndian(span[20..], items[i].Length);
            BinaryPrimitives.WriteUInt32LittleEndian(span[24..], items[i].Checksum);
            BinaryPrimitives.WriteInt32LittleEndian(span[28..], items[i].Secrets);
            BinaryPrimitives.WriteInt32LittleEndian(span[32..], items[i].IsMade ? 1 : 0);
        }

        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static IReadOnlyList<BlockItem> Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Size != 0)
            throw new InvalidDataException($"A block's list of items has {bytes.Length} bytes, which is no multiple of {Size}.");
        var items = new List<BlockItem>(bytes.Length / Size);
        for (; bytes.Length > 0; bytes = bytes[Size..])
        {
            items.Add(new BlockItem(
                Fingerprint.Read(bytes),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[24..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[32..]) != 0));
        }

        return items;
    }
}
