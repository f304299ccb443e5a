using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Strata.Tokens;

namespace Strata.Tests.Tokens.Bpe;

public class BpeTokenizerProperties
{
    private static readonly string[] Parts =
    [
        "a", "b", "The", "HTTP", "x", "'", "'s", "'ll", "'RE", "n't", " ", "  ", "   ", "\t", "\n", "\r\n", "\n\n", "/", "//", "/*", "=",
        "==", ".",
        ",", "!", "1", "12", "4567", "é", "É", "語", "中文", "\u0301", "\u00A0", "\u3000", "\u2028", "😀", "𝒜", "٣", "ſ", "'ſ", "ʰ", "ǅ",
        "\0", "\v",
        "_", "aB", "ABc", "zzzz", "\u0085", "internationalization", "<|endoftext|>", "\uD800", "\uDC00", "                    ",
        "世界世界世界世界世界",
    ];

    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500);

    [Fact]
    public void Count_AnyText_EqualsTheNumberOfIds() => Check(text =>
        BpeTokenizerTests.All().All(tokenizer => tokenizer.Count(text) == tokenizer.Encode(text).Count));

    [Fact]
    public void Count_AnyText_IsTheSameInUtf8() => Check(text =>
        BpeTokenizerTests.All().All(tokenizer => tokenizer.Count(text) == tokenizer.Count(Encoding.UTF8.GetBytes(text))));

    [Fact]
    public void CountUpTo_AnyLimit_IsTheCountOrAboveTheLimit() => Check((text, limit) =>
    {
        int count = BpeTokenizer.O200kBase.Count(text), upTo = BpeTokenizer.O200kBase.CountUpTo(text, limit);
        return count <= limit ? upTo == count : upTo > limit;
    });

    [Fact]
    public void FitHead_AnyText_IsTheLongestHeadThatFits() => Check((text, limit) =>
        BpeTokenizerTests.All().All(tokenizer => tokenizer.FitHead(text, limit) == LongestHead(tokenizer, text, limit)));

    [Fact]
    public void FitTail_AnyText_IsTheLongestTailThatFits() => Check((text, limit) =>
        BpeTokenizerTests.All().All(tokenizer => tokenizer.FitTail(text, limit) == LongestTail(tokenizer, text, limit)));

    [Fact]
    public void Fit_LongText_FitsAndOneCodePointMoreWouldNot()
    {
        StringBuilder builder = new();
        for (int i = 0; builder.Length < 60_000; i++)
            builder.Append(GoldVectors.All[i * 31 % GoldVectors.All.Length].Text).Append(' ');
        string text = builder.ToString();
        BpeTokenizer tokenizer = BpeTokenizer.O200kBase;
        foreach (int limit in (int[])[0, 1, 100, 5_000, 11_111])
        {
            int head = tokenizer.FitHead(text, limit), tail = tokenizer.FitTail(text, limit);
            tokenizer.Count(text.AsSpan(0, head)).ShouldBeLessThanOrEqualTo(limit);
            tokenizer.Count(text.AsSpan(text.Length - tail)).ShouldBeLessThanOrEqualTo(limit);
            tokenizer.Count(text.AsSpan(0, head + 2)).ShouldBeGreaterThan(limit);
            tokenizer.Count(text.AsSpan(text.Length - tail - 2)).ShouldBeGreaterThan(limit);
        }

        tokenizer.FitHead(text, int.MaxValue).ShouldBe(text.Length);
        tokenizer.FitTail(text, int.MaxValue).ShouldBe(text.Length);
    }

    [Fact]
    public void Fit_AMillionOfOneChar_Fits()
    {
        BpeTokenizer tokenizer = BpeTokenizer.O200kBase;
        string text = new('a', 1_000_000);
        tokenizer.FitHead(text, 1_000).ShouldBe(8_000);
        tokenizer.Count(text.AsSpan(text.Length - tokenizer.FitTail(text, 1_000))).ShouldBe(1_000);
    }

    private static int LongestHead(BpeTokenizer tokenizer, string text, int limit)
    {
        int end = text.Length;
        while (end > 0 && (SplitsPair(text, end) || tokenizer.Count(text.AsSpan(0, end)) > limit))
            end--;
        return end;
    }

    private static int LongestTail(BpeTokenizer tokenizer, string text, int limit)
    {
        int start = 0;
        while (start < text.Length && (SplitsPair(text, start) || tokenizer.Count(text.AsSpan(start)) > limit))
            start++;
        return text.Length - start;
    }

    private static bool SplitsPair(string text, int index) =>
        index > 0 && index < text.Length && char.IsSurrogatePair(text[index - 1], text[index]);

    private static void Check(Func<string, bool> law) => Prop.ForAll(Texts().ToArbitrary(), law).Check(Config);

    private static void Check(Func<string, int, bool> law) =>
        Prop.ForAll(Texts().ToArbitrary(), Gen.Choose(0, 30).ToArbitrary(), law).Check(Config);

    /// <summary>Half of them made of what the patterns care about, half of any UTF-16 units, lone surrogates included.</summary>
    internal static Gen<string> Texts() => Gen.OneOf(
        Gen.Elements(Parts).ListOf().Select(string.Concat),
        Gen.Choose(0, char.MaxValue).Select(unit => (char)unit).ListOf().Select(units => string.Concat(units)));
}
