using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Transcripts;

namespace Strata.Storage.Tests.Packing;

public sealed class LayoutCodecTests
{
    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        long[] before = [7, 8, 9, long.MaxValue / 2, 1, 10, 11];
        long[] after = [900, 10, 11];
        ArchivedOutgoing[] outgoing = [Outgoing(-1, -1, [0, 1, 2, 4]), Outgoing(5, 3, []), Outgoing(6, 4, [])];

        var layout = LayoutCodec.Read(LayoutCodec.Write(before, after, outgoing));

        layout.Before.ShouldBe(before);
        layout.After.Select(one => one.Id).ShouldBe(after);
        layout.After.Select(one => (one.SourceIndex, one.HistoryIndex)).ShouldBe([(-1, -1), (5, 3), (6, 4)]);
        layout.After.Select(one => string.Join(',', one.Replaces)).ShouldBe(["0,1,2,4", "", ""]);
    }

    [Fact]
    public void Write_ThousandMessagesKeptTogether_TakesTwoBytesEach()
    {
        var before = Enumerable.Range(5_000_000, 1_000).Select(id => (long)id).ToList();

        LayoutCodec.Write(before, [], []).Length.ShouldBeLessThan(1_000 + 16);
    }

    [Fact]
    public void Read_CutOffAnywhere_SaysThatItIsDamaged()
    {
        var bytes = LayoutCodec.Write([1, 500, 3], [4], [Outgoing(-1, -1, [0, 1, 2])]);

        for (var end = 0; end < bytes.Length; end++)
        {
            var cut = bytes[..end];
            Should.Throw<InvalidDataException>(() => LayoutCodec.Read(cut));
        }
    }

    private static ArchivedOutgoing Outgoing(int source, int history, int[] replaces) =>
        new(Fingerprint.Empty, null, source, history, replaces);
}
