using Npgsql;
using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Tables;

/// <summary>A block as it is stored.</summary>
/// <param name="Number">Its name; a later one has a greater number.</param>
/// <param name="Session">The session that brought it.</param>
/// <param name="At">When it was kept.</param>
/// <param name="Length">Bytes uncompressed.</param>
/// <param name="Items">What it holds.</param>
/// <param name="Bytes">Brotli.</param>
internal sealed record StoredBlock(long Number, string Session, DateTimeOffset At, int Length, IReadOnlyList<BlockItem> Items, byte[] Bytes)
{
    /// <summary>What <see cref="Read"/> reads.</summary>
    public const string Columns = "b.block, b.session, b.at, b.length, b.items, b.bytes";

    public static StoredBlock Read(NpgsqlDataReader reader) => new(
        reader.GetInt64(0),
        PgText.Unescape(reader.GetString(1)),
        Ticks.Read(reader.GetInt64(2)),
        reader.GetInt32(3),
        BlockItem.Read(reader.GetFieldValue<byte[]>(4)),
        reader.GetFieldValue<byte[]>(5));

    /// <summary>The beginning of it, up to the end of the last of the originals that are said to lie in it.</summary>
    /// <exception cref="ArchiveException">It is damaged.</exception>
    public byte[] Unpack(IEnumerable<OriginalPlace> places) =>
        Unpack(places.Select(ItemOf).Select(item => item.Start + item.Length).DefaultIfEmpty(0).Max());

    /// <summary>Sees to it that an original can be read back.</summary>
    /// <exception cref="ArchiveException">It cannot.</exception>
    public void Check(byte[] unpacked, OriginalPlace place) => Text(unpacked, ItemOf(place));

    /// <exception cref="ArchiveException">It is damaged.</exception>
    public byte[] Unpack() => Unpack(Length);

    /// <exception cref="ArchiveException">It is damaged.</exception>
    public ArchivedOriginal Decode(byte[] unpacked, int slot)
    {
        var item = Items[slot];
        var json = Text(unpacked, item);
        try
        {
            return new ArchivedOriginal(item.Print, ArchiveCodec.Decode(json), item.Secrets);
        }
        catch (FormatException e)
        {
            throw Damaged($"the original {item.Print} cannot be read: {e.Message}", e);
        }
    }

    private BlockItem ItemOf(OriginalPlace place) =>
        place.Slot >= 0 && place.Slot < Items.Count && Items[place.Slot] is { Length: > 0 } item && item.Print == place.Print
        ? item
        : throw Damaged($"the original {place.Print} does not lie where it should", null);

    private ReadOnlySpan<byte> Text(byte[] unpacked, BlockItem item)
    {
        var json = unpacked.AsSpan(item.Start, item.Length);
        return Checksum.Of(json) == item.Checksum ? json : throw Damaged($"the original {item.Print} does not have its checksum", null);
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
        new($"Block {Number} of the archive is damaged: {what}. Restore it from a backup of the server; doctor lists all that is damaged.",
            ArchiveFault.NotAnArchive, error);
}

/// <summary>Where an original is said to lie.</summary>
internal readonly record struct OriginalPlace(Fingerprint Print, long Block, int Slot, int Secrets);
