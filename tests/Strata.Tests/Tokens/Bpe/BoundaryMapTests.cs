using FsCheck;
using FsCheck.Fluent;
using Strata.Tokens.Bpe;

namespace Strata.Tests.Tokens.Bpe;

/// <summary>The fast way to cut text must cut where the pattern itself does.</summary>
public unsafe class BoundaryMapTests
{
    private static readonly string[] Parts =
    [
        "a", "Z", "Word", "XY", "'", "'s", "'VE", " ", "  ", "\t", "\v", "\n", "\r\n", "/", "//", ",", "==", "7", "42", "12345", "é", "Ж",
        "字", "\u0301",
        "\u00A0", "\u3000", "\u0085", "\u1680", "٣", "ſ", "'ſ", "\0", "🙂", "               ",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl",
    ];

    [Fact]
    public void Split_O200kAnyText_EqualsThePattern() => Check(SplitRules.O200k);

    [Fact]
    public void Split_Cl100kAnyText_EqualsThePattern() => Check(SplitRules.Cl100k);

    private static void Check(SplitRules rules)
    {
        Gen<string> ascii = Gen.Elements(Parts.Where(part => part.All(char.IsAscii)).ToArray()).ListOf().Select(string.Concat);
        Gen<string> texts = Gen.OneOf(ascii, Gen.Elements(Parts).ListOf().Select(string.Concat)).Resize(120);
        Prop.ForAll(texts.ToArbitrary(), Gen.Choose(1, 100).ToArbitrary(),
            (text, capacity) => ByMap(rules, text, capacity).SequenceEqual(ByPattern(rules, text)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
    }

    private static List<int> ByMap(SplitRules rules, string text, int capacity)
    {
        Utf8Window window = Fill(text);
        BoundaryMap map = new(rules);
        map.Build(window.Start, window.Length);
        List<int> all = [];
        int* ends = stackalloc int[capacity + BlockMasks.Size];
        for (int start = 0; start < window.Length; start = all[^1])
        {
            int count = map.Split(window.Start, start, window.Length, ends, capacity);
            for (int i = 0; i < count; i++)
                all.Add(ends[i]);
        }

        return all;
    }

    private static List<int> ByPattern(SplitRules rules, string text)
    {
        Utf8Window window = Fill(text);
        List<int> all = [];
        for (int start = 0; start < window.Length; all.Add(start))
            start = rules.Next(window.Start, start, window.Length);
        return all;
    }

    private static Utf8Window Fill(string text)
    {
        Utf8Window window = new();
        window.Clear();
        ReadOnlySpan<char> rest = text;
        window.Append(ref rest);
        return window;
    }
}
