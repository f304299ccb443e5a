using System.Security.Cryptography;
using System.Text;
using Strata.Tokens;

namespace Strata.Tests.Tokens.Bpe;

/// <summary>Every code point in contexts that tell its class, against tiktoken's counts.</summary>
public class CodePointSweepTests
{
    public static TheoryData<string, string, string, string> Contexts => [.. SweepDigests.All];

    [Theory]
    [MemberData(nameof(Contexts))]
    public void Count_EveryCodePointInContext_EqualsTiktoken(string encoding, string before, string after, string digest)
    {
        BpeTokenizer tokenizer = encoding == "o200k_base" ? BpeTokenizer.O200kBase : BpeTokenizer.Cl100kBase;
        byte[] counts = new byte[0x110000 - 0x800];
        int next = 0;
        char[] text = [.. before, '\0', '\0', .. after];
        for (int point = 0; point < 0x110000; point++)
        {
            if (!Rune.IsValid(point))
                continue;
            int units = new Rune(point).EncodeToUtf16(text.AsSpan(before.Length));
            after.CopyTo(text.AsSpan(before.Length + units));
            counts[next++] = (byte)tokenizer.Count(text.AsSpan(0, before.Length + units + after.Length));
        }

        Convert.ToHexStringLower(SHA256.HashData(counts)).ShouldBe(digest);
    }
}
