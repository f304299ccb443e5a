using Strata.Storage.Packing;

namespace Strata.Storage.Tests.Packing;

public sealed class BlockPackerTests
{
    [Fact]
    public void Read_EveryItem_IsWhatWasPacked()
    {
        var items = Items(count: 400, largest: 4_000);

        var (blocks, places) = BlockPacker.Pack(items);

        blocks.Count.ShouldBeGreaterThan(1);
        for (var i = 0; i < items.Count; i++)
        {
            var (block, start, length, checksum) = places[i];
            var bytes = BlockPacker.Read(blocks[block].Bytes, start + length).AsSpan(start);
            bytes.SequenceEqual(items[i].Span).ShouldBeTrue();
            checksum.ShouldBe(Checksum.Of(bytes));
        }
    }

    [Fact]
    public void Pack_ItemLongerThanABlock_HasABlockOfItsOwn()
    {
        var (blocks, places) = BlockPacker.Pack([new byte[10], new byte[BlockPacker.BlockLength + 1], Array.Empty<byte>(), new byte[10]]);

        places.Select(place => place.Block).ShouldBe([0, 1, 2, 2]);
        blocks.Select(block => block.Length).ShouldBe([10, BlockPacker.BlockLength + 1, 10]);
    }

    [Fact]
    public void Read_BlockCutOffAnywhere_SaysThatItIsDamaged()
    {
        var (blocks, _) = BlockPacker.Pack(Items(count: 20, largest: 2_000));
        var (bytes, length) = blocks[0];

        for (var end = 0; end < bytes.Length; end += 97)
        {
            var cut = bytes[..end];
            Should.Throw<InvalidDataException>(() => BlockPacker.Read(cut, length));
        }
    }

    [Fact]
    public void Of_OneBitFlipped_IsAnotherChecksum()
    {
        var bytes = Items(count: 1, largest: 1_000)[0].ToArray();
        var checksum = Checksum.Of(bytes);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Checksum.Of(bytes).ShouldNotBe(checksum);
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private static List<ReadOnlyMemory<byte>> Items(int count, int largest)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var item = new byte[random.Next(largest / 2, largest)];
            random.NextBytes(item);
            return (ReadOnlyMemory<byte>)item;
        })];
    }
}
