using Npgsql;
using Strata.Archives;
using Strata.Storage.Packing;

namespace Strata.Storage.Postgres;

/// <summary>A block as it is stored.</summary>
/// <param name="Number">Its name; a later one has a greater number.</param>
/// <param name="Session">The session that brought it.</param>
/// <param name="At">When it was kept.</param>
/// <param name="Length">Bytes uncompressed.</param>
/// <param name="Items">What it holds.</param>
/// <param name="Bytes">Brotli.</param>
internal sealed record Block(long Number, string Session, DateTimeOffset At, int Length, IReadOnlyList<BlockItem> Items, byte[] Bytes)
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "b.block, b.session, b.at, b.length, b.items, b.bytes";

    public static Block Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        PgText.Unescape(reader.GetString(1)),
        Ticks.Read(reader.GetInt64(2)),
        reader.GetInt32(3),
        BlockItem.Read(reader.GetFieldValue<byte[]>(4)),
        reader.GetFieldValue<byte[]>(5));

    /// <summary>The beginning of it, up to the end of the last of the slots.</summary>
    /// <exception cref="ArchiveException">It is damaged.</exception>
    public byte[] Unpack(IEnumerable<int> slots) => Unpack(slots.Select(slot => Items[slot].Start + Items[slot].Length).DefaultIfEmpty(0).Max());

    /// <exception cref="ArchiveException">It is damaged.</exception>
    public byte[] Unpack() => Unpack(Length);

    /// <exception cref="ArchiveException">It is damaged.</exception>
    public ArchivedOriginal Decode(byte[] unpacked, int slot)
    {
        var item = Items[slot];
        var json = unpacked.AsSpan(item.Start, item.Length);
        if (Checksum.Of(json) != item.Checksum)
            throw Damaged($"the original {item.Print} does not have its checksum", null);
        try
        {
            return new ArchivedOriginal(item.Print, ArchiveCodec.Decode(json), item.Secrets);
        }
        catch (FormatException e)
        {
            throw Damaged($"the original {item.Print} cannot be read: {e.Message}", e);
        }
    }

    private byte[] Unpack(int length)
    {
        try
        {
            return BlockPacker.Read(Bytes, length);
        }
        catch (InvalidDataException e)
        {
            throw Damaged(e.Message, e);
        }
    }

    private ArchiveException Damaged(string what, Exception? error) =>
        new($"Block {Number} of the archive is damaged: {what}. Restore it from a backup of the server; doctor lists all that is damaged.", ArchiveFault.NotAnArchive, error);
}
