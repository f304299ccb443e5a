using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Tokens;

namespace Strata.Tests.Tokens.Bpe;

public class BpeTokenizerTests
{
    [Fact]
    public void Count_GoldTexts_EqualsTiktoken()
    {
        foreach ((string text, int o200k, string o200kIds, int cl100k, string cl100kIds) in GoldVectors.All)
        {
            Check(BpeTokenizer.O200kBase, text, o200k, o200kIds);
            Check(BpeTokenizer.O200kHarmony, text, o200k, o200kIds);
            Check(BpeTokenizer.Cl100kBase, text, cl100k, cl100kIds);
        }
    }

    [Fact]
    public void Encode_KnownText_GivesPublishedIds()
    {
        BpeTokenizer.Cl100kBase.Encode("hello").ShouldBe([15339]);
        BpeTokenizer.Cl100kBase.Encode("Привет, мир! Как дела?")
            .ShouldBe([54745, 28089, 8341, 11, 11562, 78746, 0, 36479, 16248, 95369, 1506, 30]);
        BpeTokenizer.O200kBase.Encode("hello world").ShouldBe([24912, 2375]);
    }

    [Fact]
    public void Count_LoneSurrogates_CountAsReplacementCharacters()
    {
        foreach (BpeTokenizer tokenizer in All())
        {
            tokenizer.Count("a\uD800b \uDC00 \uD800").ShouldBe(tokenizer.Count("a\uFFFDb \uFFFD \uFFFD"));
            tokenizer.Count("\uDE00\uD83D").ShouldBe(tokenizer.Count("\uFFFD\uFFFD"));
        }
    }

    [Fact]
    public void Count_InvalidUtf8_CountsAsReplacementCharacters()
    {
        byte[] invalid = [(byte)'a', 0xFF, (byte)'b', 0xC3, (byte)' ', 0xE4, 0xBD, (byte)'c', 0xF0, 0x9F];
        foreach (BpeTokenizer tokenizer in All())
            tokenizer.Count(invalid).ShouldBe(tokenizer.Count(Encoding.UTF8.GetString(invalid)));
    }

    [Fact]
    public void Count_SpecialTokenText_CountsAsPlainText() => BpeTokenizer.O200kBase.Count("<|endoftext|>").ShouldBe(7);

    [Theory]
    [InlineData("a", 125_000)]
    [InlineData(" ", 7_813)]
    [InlineData("\n", 62_500)]
    [InlineData("=", 15_625)]
    [InlineData("1", 333_334)]
    [InlineData("中", 1_000_000)]
    public void Count_AMillionOfOneChar_IsExact(string character, int expected)
    {
        string text = new(character[0], 1_000_000);
        BpeTokenizer.O200kBase.Count(text).ShouldBe(expected);
        BpeTokenizer.O200kBase.Count(Encoding.UTF8.GetBytes(text)).ShouldBe(expected);
    }

    [Fact]
    public void Count_TextOfManyWindows_EqualsEncode()
    {
        StringBuilder builder = new();
        for (int i = 0; builder.Length < 300_000; i++)
        {
            (string text, _, _, _, _) = GoldVectors.All[i * 7919 % GoldVectors.All.Length];
            builder.Append(text).Append(i % 3 == 0 ? " " : "").Append(i.ToString(CultureInfo.InvariantCulture));
        }

        string all = builder.ToString();
        foreach (BpeTokenizer tokenizer in All())
        {
            int count = tokenizer.Count(all);
            tokenizer.Encode(all).Count.ShouldBe(count);
            tokenizer.Count(Encoding.UTF8.GetBytes(all)).ShouldBe(count);
        }
    }

    [Fact]
    public void Count_SecondCall_AllocatesNothing()
    {
        string text = string.Concat(GoldVectors.All.Select(gold => gold.Text + "\n"));
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        BpeTokenizer tokenizer = BpeTokenizer.O200kBase;
        // More than the slots of the pool, so that another thread that counts meanwhile cannot make this one create a counter.
        for (int i = 0; i < 10; i++)
            tokenizer.Count(text);
        long least = long.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            tokenizer.Count(text);
            tokenizer.Count(utf8);
            tokenizer.CountUpTo(text, 50);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        least.ShouldBe(0);
    }

    [Fact]
    public void Count_FromManyThreads_StaysExact()
    {
        Parallel.For(0, 64, i =>
        {
            (string text, int o200k, _, int cl100k, _) = GoldVectors.All[i % GoldVectors.All.Length];
            BpeTokenizer.O200kBase.Count(text).ShouldBe(o200k);
            BpeTokenizer.Cl100kBase.Count(text).ShouldBe(cl100k);
        });
    }

    [Fact]
    public void CountUpTo_LongText_StopsEarly()
    {
        string text = string.Concat(Enumerable.Repeat("one two three four ", 50_000));
        int counted = BpeTokenizer.O200kBase.CountUpTo(text, 100);
        counted.ShouldBeGreaterThan(100);
        counted.ShouldBeLessThan(20_000);
    }

    [Fact]
    public void Names_AreThoseOfTheEncodings()
    {
        All().Select(tokenizer => tokenizer.Name).ShouldBe(["o200k_base", "o200k_harmony", "cl100k_base"]);
        All().ShouldAllBe(tokenizer => tokenizer.ErrorBand == 0);
    }

    internal static BpeTokenizer[] All() => [BpeTokenizer.O200kBase, BpeTokenizer.O200kHarmony, BpeTokenizer.Cl100kBase];

    internal static string Digest(IEnumerable<int> ids) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(
            ',', ids.Select(id => id.ToString(CultureInfo.InvariantCulture))))));

    private static void Check(BpeTokenizer tokenizer, string text, int count, string ids)
    {
        tokenizer.Count(text).ShouldBe(count, text);
        tokenizer.Count(Encoding.UTF8.GetBytes(text)).ShouldBe(count, text);
        Digest(tokenizer.Encode(text)).ShouldBe(ids, text);
    }
}
