using Strata.Tokens;

namespace Strata.Tests.Tokens;

public sealed class ImageSizeTests
{
    private const string Png = "89504E470D0A1A0A0000000D4948445200000320000002580806000000";
    private const string Gif = "47494638396120035802F70000";
    private const string Jpeg = "FFD8FFE000104A46494600010100000100010000FFC4000401020304FFC00011080258032003012200021101031101";

    [Theory]
    [InlineData(Png)]
    [InlineData(Gif)]
    public void Read_Header_IsWidthAndHeight(string hex) => ImageSize.Read(Convert.FromHexString(hex)).ShouldBe((800, 600));

    [Fact]
    public void Read_Jpeg_SkipsTablesUpToTheFrame() =>
        ImageSize.Read(Convert.FromHexString(Jpeg.Replace("FFC4000401020304", "FFC400040102", StringComparison.Ordinal)))
            .ShouldBe((800, 600));

    [Theory]
    [InlineData("52494646000000005745425056503820000000000000009D012A20035802")]
    [InlineData("5249464600000000574542505650384C000000002F1FC3950000000000000000")]
    [InlineData("524946460000000057454250565038580A000000000000001F0300570200")]
    public void Read_WebP_KnowsItsThreeKinds(string hex) => ImageSize.Read(Convert.FromHexString(hex)).ShouldBe((800, 600));

    [Theory]
    [InlineData("")]
    [InlineData("89504E47")]
    [InlineData("FFD8FFE00010")]
    [InlineData("FFD8FFE0FFFF4A46494600")]
    [InlineData("3C7376673E3C2F7376673E")]
    [InlineData("89504E470D0A1A0A0000000D49484452000000000000000008")]
    public void Read_NoOrBrokenHeader_IsNull(string hex) => ImageSize.Read(Convert.FromHexString(hex)).ShouldBeNull();

    [Fact]
    public void Read_EveryTruncation_DoesNotThrow()
    {
        foreach (var hex in new[] { Png, Gif, Jpeg })
        {
            var bytes = Convert.FromHexString(hex);
            for (var length = 0; length < bytes.Length; length++)
                Should.NotThrow(() => ImageSize.Read(bytes.AsSpan(0, length)));
        }
    }

    [Fact]
    public void PdfPages_ReadablePageObjects_AreCounted() =>
        MediaMeasure.PdfPages("%PDF-1.4 /Type /Pages /Count 2 /Type /Page /Parent /Type/Page>>"u8).ShouldBe(2);

    [Fact]
    public void PdfPages_CompressedObjects_AreEstimatedFromTheSize()
    {
        MediaMeasure.PdfPages(new byte[100_001]).ShouldBe(5);
        MediaMeasure.PdfPages([]).ShouldBe(1);
    }

    [Fact]
    public void AudioSeconds_Wav_AreReadFromTheHeader()
    {
        var wav = new byte[160_044];
        "RIFF"u8.CopyTo(wav);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        BitConverter.TryWriteBytes(wav.AsSpan(28), 16_000);

        MediaMeasure.AudioSeconds(wav).ShouldBe(11);
        MediaMeasure.AudioSeconds(new byte[8_000]).ShouldBe(2);
    }
}
