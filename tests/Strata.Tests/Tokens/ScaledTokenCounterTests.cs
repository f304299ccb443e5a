using Strata.Tokens;

namespace Strata.Tests.Tokens;

public sealed class ScaledTokenCounterTests
{
    private static readonly ScriptRatios Ratios = new(1200, 1300, 1400, 1500, 1600, 900, 1700, 1800);

    [Theory]
    [InlineData("abcdefgh", 8, 10)]
    [InlineData("приветик", 8, 11)]
    [InlineData("漢字漢字漢字漢字漢字", 10, 9)]
    [InlineData("नमस्ते", 6, 9)]
    public void Count_OneScript_IsTheExactCountTimesItsRatioRoundedUp(string text, int exact, int expected)
    {
        var inner = new OnePerCodePoint();
        inner.Count(text).ShouldBe(exact);

        new ScaledTokenCounter(inner, Ratios, "test", .1).Count(text).ShouldBe(expected);
    }

    [Fact]
    public void Count_MixedScripts_WeighsEachByWhatItCosts()
    {
        var counter = new ScaledTokenCounter(new OnePerCodePoint(), Ratios, "test", .1);

        // Ten Latin letters weigh 10 × 250, ten Chinese ones 10 × 610: (2500 × 1.2 + 6100 × 0.9) / 8600 = 0.9872; × 20 = 19.7.
        counter.Count("abcdefghij漢字漢字漢字漢字漢字").ShouldBe(20);
    }

    [Fact]
    public void FitHead_DensityChangesAbruptly_FindsTheBorder()
    {
        var counter = new ScaledTokenCounter(new OnePerCodePoint(), Ratios, "test", .1);
        var text = new string('a', 50_000) + new string('漢', 50_000) + new string('a', 50_000);

        var head = counter.FitHead(text, 90_000);

        counter.Count(text.AsSpan(0, head)).ShouldBeLessThanOrEqualTo(90_000);
        counter.Count(text.AsSpan(0, head + 1)).ShouldBeGreaterThan(90_000);
    }

    [Fact]
    public void FitHead_DensityChangesAbruptly_CountsAFewTimesOnly()
    {
        var inner = new OnePerCodePoint();
        var counter = new ScaledTokenCounter(inner, Ratios, "test", .1);
        var text = new string('a', 500_000) + new string('漢', 500_000);

        counter.FitHead(text, 700_000);

        inner.Counts.ShouldBeLessThan(45);
    }

    [Fact]
    public void Constructor_Ratio_IsInTheName() =>
        new ScaledTokenCounter(new OnePerCodePoint(), 1.3, .15, "claude").Name.ShouldBe("code points × 1.3 (claude)");

    [Theory]
    [InlineData(0, .1)]
    [InlineData(-1, .1)]
    [InlineData(double.NaN, .1)]
    [InlineData(101, .1)]
    [InlineData(1, -.1)]
    [InlineData(1, double.NaN)]
    public void Constructor_ImpossibleNumbers_Throws(double ratio, double errorBand) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new ScaledTokenCounter(new OnePerCodePoint(), ratio, errorBand, "x"));

    [Theory]
    [InlineData('a', Script.Latin)]
    [InlineData('é', Script.Latin)]
    [InlineData('Ж', Script.Cyrillic)]
    [InlineData('λ', Script.Cyrillic)]
    [InlineData('א', Script.Arabic)]
    [InlineData('ع', Script.Arabic)]
    [InlineData('न', Script.Indic)]
    [InlineData('ก', Script.SoutheastAsian)]
    [InlineData('字', Script.Cjk)]
    [InlineData('か', Script.Cjk)]
    [InlineData('한', Script.Cjk)]
    [InlineData('→', Script.Symbols)]
    [InlineData(0x1F600, Script.Symbols)]
    [InlineData(0x2070E, Script.Cjk)]
    [InlineData(0x1200, Script.Other)]
    [InlineData(0x10FFFF, Script.Other)]
    internal void ScriptOf_CodePoint_IsItsGroup(int codePoint, Script script) => ScriptCounts.ScriptOf(codePoint).ShouldBe(script);

    /// <summary>A tokenizer whose exact counts can be read off a text.</summary>
    private sealed class OnePerCodePoint : ITokenCounter
    {
        public int Counts { get; private set; }

        public string Name => "code points";

        public double ErrorBand => 0;

        public int Count(ReadOnlySpan<char> text)
        {
            Counts++;
            var count = 0;
            foreach (var _ in text.EnumerateRunes())
                count++;
            return count;
        }

        public int Count(ReadOnlySpan<byte> utf8) => Count(System.Text.Encoding.UTF8.GetString(utf8));

        public int CountUpTo(ReadOnlySpan<char> text, int limit) => Count(text);

        public int FitHead(ReadOnlySpan<char> text, int maxTokens) => Math.Clamp(maxTokens, 0, text.Length);

        public int FitTail(ReadOnlySpan<char> text, int maxTokens) => Math.Clamp(maxTokens, 0, text.Length);
    }
}
