using Strata.Archives;
using Strata.Storage.Postgres;
using Strata.Storage.Postgres.Search;

namespace Strata.Storage.Tests.Postgres.Search;

public sealed class TermRunTests
{
    private const int Codes = 1 << TermHash.Bits;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_WhatWasWritten_IsTheSame(int seed)
    {
        var random = new Random(seed);
        var blocks = Enumerable.Range(0, random.Next(1, 200))
            .Select(i => (Block: i * 3_000_000_000L,
                Codes: Enumerable.Range(0, random.Next(300)).Select(_ => random.Next(Codes)).Append(seed % 2 * (Codes - 1)).Distinct()
                    .Order().ToArray())).ToList();
        var read = TermRun.Read(
            TermRun.Whole, TermRun.Write(TermRun.Whole, [.. blocks.Select(block => (block.Block, new ArraySegment<int>(block.Codes)))]));
        read.Select(block => block.Block).ShouldBe(blocks.Select(block => block.Block));
        read.Zip(blocks).ShouldAllBe(pair => pair.First.Codes.SequenceEqual(pair.Second.Codes));
    }

    [Fact]
    public void Cut_Blocks_HasEachCodeInItsPartAlone()
    {
        List<(long Block, int[] Codes)> blocks =
            [(5, [0, 7, Codes / 2, Codes - 1]), (9, []), (12, [.. Enumerable.Range(0, 1000).Select(i => i * 4001)])];
        var parts = TermRun.Cut(blocks).ToList();
        parts.Select(part => part.Part).ShouldBe(Enumerable.Range(0, TermRun.Fan));
        var read = parts.ConvertAll(part => (part.Part, Blocks: TermRun.Read(part.Part, part.Codes)));
        read.ShouldAllBe(part =>
            part.Blocks.Count == 3 && part.Blocks.All(block => block.Codes.All(code => TermRun.PartOf(code) == part.Part)));
        for (var i = 0; i < blocks.Count; i++)
            read.SelectMany(part => part.Blocks[i].Codes).ShouldBe(blocks[i].Codes);
    }

    [Fact]
    public void Read_DamagedBytes_SaysSo()
    {
        var bytes = TermRun.Write(TermRun.Whole, [(7, new ArraySegment<int>([1, 500, 70_000]))]);
        for (var length = 0; length < bytes.Length; length++)
            Should.Throw<InvalidDataException>(() => TermRun.Read(TermRun.Whole, bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Hash_OfTwoTenants_GivesDifferentCodes()
    {
        var words = Enumerable.Range(0, 1000).Select(i => $"word{i}").ToList();
        var (a, b) = (new TermHash("a").Of(words), new TermHash("b").Of(words));
        a.Length.ShouldBeGreaterThan(990);
        a.Intersect(b).Count().ShouldBeLessThan(10);
    }
}
