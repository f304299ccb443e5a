using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.Tokenizers;
using Strata.Tests.Laws;
using Strata.Tests.Properties;
using BpeTokenizer = Strata.Tokens.BpeTokenizer;

namespace Strata.Tests.Tokens.Bpe;

/// <summary>Counts and ids compared with those of Microsoft.ML.Tokenizers, an implementation that shares no code with this one.</summary>
public sealed class BpeTokenizerOracleTests
{
    private static readonly (BpeTokenizer Own, TiktokenTokenizer Oracle)[] Pairs =
    [
        (BpeTokenizer.O200kBase, TiktokenTokenizer.CreateForEncoding("o200k_base")),
        (BpeTokenizer.Cl100kBase, TiktokenTokenizer.CreateForEncoding("cl100k_base")),
    ];

    public static TheoryData<string> Files =>
    [
        "README.md",
        "samples/coding-session.jsonl",
        "samples/incident-de.json",
        .. from folder in (string[])["docs", "docs/examples", "tests/Strata.Tests/Formats/Fixtures", "tests/Strata.Tests/Tokens/Bpe"]
           from file in Directory.GetFiles(Path.Combine(Repository.Root, folder)).Order(StringComparer.Ordinal)
           select $"{folder}/{Path.GetFileName(file)}",
    ];

    [Fact]
    public void Encode_GeneratedText_IsTheOracles() => Prop.ForAll(BpeTokenizerProperties.Texts().Select(Comparable).ToArbitrary(), text =>
    {
        foreach (var (own, oracle) in Pairs)
            Compare(own, oracle, text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Total));

    [Theory]
    [MemberData(nameof(Files))]
    public void Count_FileOfTheRepository_IsTheOracles(string file)
    {
        var text = Comparable(File.ReadAllText(Path.Combine(Repository.Root, file)));
        foreach (var (own, oracle) in Pairs)
            own.Count(text).ShouldBe(oracle.CountTokens(text, considerPreTokenization: true, considerNormalization: false), own.Name);
    }

    /// <summary>
    /// The text without what the oracle is known to read in another way: to it the name of a special token is that token, it encodes a lone
    /// surrogate where every UTF-8 encoder writes U+FFFD, and its regular expressions see the two halves of a code point beyond U+FFFF
    /// instead of the whole and do not take ſ for an s. The gold vectors, which come from tiktoken, hold all four.
    /// </summary>
    private static string Comparable(string text) =>
        string.Concat(text.EnumerateRunes().Where(static rune => rune.IsBmp)).Replace("<|", "< |", StringComparison.Ordinal)
            .Replace('ſ', 's');

    private static void Compare(BpeTokenizer own, TiktokenTokenizer oracle, string text)
    {
        var expected = oracle.EncodeToIds(text, considerPreTokenization: true, considerNormalization: false);
        own.Encode(text).ShouldBe(expected, own.Name);
        own.Count(text).ShouldBe(expected.Count, own.Name);
    }
}
