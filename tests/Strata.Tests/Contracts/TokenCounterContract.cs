using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Strata.Tokens;

namespace Strata.Tests.Contracts;

/// <summary>What every <see cref="ITokenCounter"/> promises. Inherit it and name the counter.</summary>
public abstract class TokenCounterContract
{
    private static readonly string[] Pieces =
    [
        "a", " the", "public static void", "\n", "\r\n", "    ", "0123456789", "{\"key\":[1,2,3]}", "é", "ß", "Привет", " мир", "مرحبا",
        "नमस्ते",
        "สวัสดี", "漢字", "かな", "한국어", "😀", "👩‍💻", "🇩🇪", "→", "\u2028", "\0", "\ud800", "\udc00", "<|endoftext|>", "=====", "𝒜𝓈", "𠜎",
        "\ufeff", "e\u0301",
    ];

    protected abstract ITokenCounter Counter { get; }

    public static TheoryData<string> Texts =>
    [
        "", "a", "Hello, world!", "    return x;\n", "The quick brown fox jumps over the lazy dog.",
        "Съешь ещё этих мягких французских булок",
        "敏捷的棕色狐狸跳过了懒狗", "素早い茶色の狐", "빠른 갈색 여우", "สวัสดีชาวโลก", "नमस्ते दुनिया", "مرحبا بالعالم", "😀😃😄👩‍💻", "a😀漢b", "\ud83d",
        "\ude00x", "x\ud83d",
        "<|endoftext|><|im_start|>", new string('a', 5000), new string(' ', 5000), new string('漢', 2000), "{\"a\":1,\"b\":[true,null]}",
    ];

    [Fact]
    public void NameAndErrorBand_Always_SayWhatIsCountedAndHowWell()
    {
        Counter.Name.ShouldNotBeNullOrWhiteSpace();
        Counter.ErrorBand.ShouldBeInRange(0, 1);
    }

    [Fact]
    public void Count_EmptyText_IsZero()
    {
        Counter.Count("").ShouldBe(0);
        Counter.Count(ReadOnlySpan<byte>.Empty).ShouldBe(0);
        Counter.CountUpTo("", 0).ShouldBe(0);
        Counter.FitHead("", 10).ShouldBe(0);
        Counter.FitTail("", 10).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void EveryLaw_OnAText_Holds(string text) => Check(text);

    [Fact]
    public void EveryLaw_OnMixedTexts_Holds() => Prop
        .ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), Check)
        .Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    [Fact]
    public void Count_SpecialTokenText_IsPlainText() => Counter.Count("<|endoftext|>").ShouldBeGreaterThan(1);

    [Fact]
    public void Count_LoneSurrogate_IsTheReplacementCharacter() => Counter.Count("a\ud800b").ShouldBe(Counter.Count("a\ufffdb"));

    [Fact]
    public void Count_BytesThatAreNotUtf8_AreTheReplacementCharacter()
    {
        byte[] bytes = [(byte)'a', 0xC3, 0x28, 0xE2, 0x82, (byte)'b', 0xFF, 0xF0, 0x9F, 0x98];

        Counter.Count(bytes).ShouldBe(Counter.Count(Encoding.UTF8.GetString(bytes)));
    }

    [Fact]
    public void Count_FromManyThreads_IsTheSame()
    {
        var text = string.Concat(Pieces);
        var expected = Counter.Count(text);

        Enumerable.Range(0, 200).AsParallel().WithDegreeOfParallelism(8).Select(_ => Counter.Count(text))
            .ShouldAllBe(count => count == expected);
    }

    private void Check(string text)
    {
        var count = Counter.Count(text);
        (count > 0).ShouldBe(text.Length > 0);
        Counter.Count(Encoding.UTF8.GetBytes(text)).ShouldBe(count);
        foreach (var limit in new[] { 0, 1, 2, count / 3, count / 2, count - 1, count, count + 1, int.MaxValue })
        {
            if (limit < 0)
                continue;
            CheckCountUpTo(text, limit, count);
            CheckFit(text, limit, count);
        }

        Counter.FitHead(text, -1).ShouldBe(0);
        Counter.FitTail(text, -1).ShouldBe(0);
    }

    private void CheckCountUpTo(string text, int limit, int count)
    {
        var upTo = Counter.CountUpTo(text, limit);
        if (count <= limit)
            upTo.ShouldBe(count);
        else
            upTo.ShouldBeGreaterThan(limit);
    }

    /// <summary>It fits, no pair is split, and one code point more would not fit.</summary>
    private void CheckFit(string text, int limit, int count)
    {
        var head = Counter.FitHead(text, limit);
        var tail = Counter.FitTail(text, limit);
        Counter.Count(text.AsSpan(0, head)).ShouldBeLessThanOrEqualTo(limit);
        Counter.Count(text.AsSpan(text.Length - tail)).ShouldBeLessThanOrEqualTo(limit);
        SplitsPair(text, head).ShouldBeFalse();
        SplitsPair(text, text.Length - tail).ShouldBeFalse();
        if (count <= limit)
        {
            head.ShouldBe(text.Length);
            tail.ShouldBe(text.Length);
        }

        if (head < text.Length)
            Counter.Count(text.AsSpan(0, head + (SplitsPair(text, head + 1) ? 2 : 1))).ShouldBeGreaterThan(limit);
        if (tail < text.Length)
            Counter.Count(text.AsSpan(text.Length - tail - (SplitsPair(text, text.Length - tail - 1) ? 2 : 1))).ShouldBeGreaterThan(limit);
    }

    private static bool SplitsPair(string text, int at) =>
        at > 0 && at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]);
}
