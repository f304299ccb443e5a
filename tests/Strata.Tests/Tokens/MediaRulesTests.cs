using Strata.Tokens;

namespace Strata.Tests.Tokens;

public sealed class MediaRulesTests
{
    // The worked examples of OpenAI's guide.
    [Theory]
    [InlineData(1024, 1024, false, 765)]
    [InlineData(2048, 4096, false, 1105)]
    [InlineData(4096, 8192, true, 85)]
    [InlineData(512, 512, false, 255)]
    [InlineData(1, 1, false, 255)]
    [InlineData(null, null, false, 1445)]
    public void Image_OpenAITiles_CostsWhatTheGuideSays(int? width, int? height, bool low, int expected) =>
        MediaRules.OpenAI.Image(width, height, low).ShouldBe(expected);

    [Theory]
    [InlineData(1024, 1024, 100, 1024)]
    [InlineData(1800, 2400, 100, 1536)]
    [InlineData(1024, 1024, 162, 1659)]
    [InlineData(null, null, 162, 2489)]
    public void Image_OpenAIPatches_CostsPatchesTimesTheFactor(int? width, int? height, int hundredths, int expected) =>
        MediaRules.OpenAIPatches(hundredths).Image(width, height).ShouldBe(expected);

    // The table of Anthropic's vision guide: 200², 1000², 1092².
    [Theory]
    [InlineData(200, 200, 54)]
    [InlineData(1000, 1000, 1334)]
    [InlineData(1092, 1092, 1590)]
    [InlineData(8000, 8000, 1600)]
    [InlineData(null, null, 1600)]
    public void Image_Anthropic_CostsAreaThrough750(int? width, int? height, int expected) =>
        MediaRules.Anthropic.Image(width, height).ShouldBe(expected);

    [Theory]
    [InlineData(384, 384, 258)]
    [InlineData(385, 384, 258)]
    [InlineData(960, 540, 516)]
    [InlineData(1536, 1536, 1032)]
    [InlineData(null, 100, 4128)]
    public void Image_Google_Costs258ATile(int? width, int? height, int expected) =>
        MediaRules.Google.Image(width, height).ShouldBe(expected);

    [Fact]
    public void AudioVideoAndPdf_Google_CostThePublishedRates()
    {
        MediaRules.Google.Audio(60).ShouldBe(1920);
        MediaRules.Google.Video(10).ShouldBe(2630);
        MediaRules.Google.Pdf(3).ShouldBe(774);
    }

    [Fact]
    public void Everything_None_IsFree() =>
        (MediaRules.None.Image(9, 9) + MediaRules.None.Pdf(9) + MediaRules.None.Audio(9) + MediaRules.None.Video(9)).ShouldBe(0);

    [Theory]
    [InlineData("openai-patch-1.62", 2489)]
    [InlineData("openai-patch-2.46", 3779)]
    [InlineData("openai-4o-mini", 48169)]
    [InlineData("anthropic", 1600)]
    public void Find_AFraming_BringsItsMediaRules(string name, int worstImage) =>
        RequestFraming.Find(name)!.Media.Image(null, null).ShouldBe(worstImage);

    [Theory]
    [InlineData("openai-patch-")]
    [InlineData("openai-patch-0")]
    [InlineData("openai-patch-x")]
    [InlineData("nobody")]
    public void Find_AnUnknownFraming_IsNull(string name) => RequestFraming.Find(name).ShouldBeNull();
}
