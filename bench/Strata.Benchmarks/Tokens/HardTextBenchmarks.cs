using BenchmarkDotNet.Attributes;
using Strata.Tokens;

namespace Strata.Benchmarks.Tokens;

/// <summary>Texts on which other tokenizers take quadratic time; ten times the length must take ten times as long.</summary>
[MemoryDiagnoser]
public class HardTextBenchmarks
{
    private string _text = "";

    [Params("a", " ", "\n", "=", "ab", "中", "random letters", "random CJK")]
    public string Kind { get; set; } = "";

    [Params(100_000, 1_000_000)]
    public int Length { get; set; }

    [GlobalSetup]
    public void Create()
    {
        Random random = new(1);
        _text = Kind switch
        {
            "random letters" => string.Create(Length, random, (chars, r) => Fill(chars, () => (char)('a' + r.Next(26)))),
            "random CJK" => string.Create(Length, random, (chars, r) => Fill(chars, () => (char)(0x4E00 + r.Next(20_000)))),
            _ => string.Concat(Enumerable.Repeat(Kind, Length / Kind.Length)),
        };
    }

    [Benchmark]
    public int O200kBase() => BpeTokenizer.O200kBase.Count(_text);

    private static void Fill(Span<char> chars, Func<char> next)
    {
        foreach (ref char c in chars)
            c = next();
    }
}
