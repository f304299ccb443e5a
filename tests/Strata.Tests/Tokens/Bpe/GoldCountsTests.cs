using System.Text;
using System.Text.Json;
using Strata.Tokens;

namespace Strata.Tests.Tokens.Bpe;

/// <summary>Counts and ids of whole files, from the folder that STRATA_DATA names.</summary>
public class GoldCountsTests
{
    [Fact]
    public void Count_GoldFiles_EqualsGold()
    {
        string folder = Folder();
        foreach (string line in File.ReadLines(Path.Combine(folder, "gold_counts.jsonl")))
        {
            JsonElement gold = JsonDocument.Parse(line).RootElement;
            byte[] utf8 = File.ReadAllBytes(Path.Combine(folder, gold.GetProperty("file").GetString()!));
            string text = Encoding.UTF8.GetString(utf8);
            foreach (BpeTokenizer tokenizer in (BpeTokenizer[])[BpeTokenizer.O200kBase, BpeTokenizer.Cl100kBase])
            {
                int expected = gold.GetProperty(tokenizer.Name).GetInt32();
                tokenizer.Count(text).ShouldBe(expected);
                tokenizer.Count(utf8).ShouldBe(expected);
                BpeTokenizerTests.Digest(tokenizer.Encode(text)).ShouldBe(gold.GetProperty(tokenizer.Name + "_sha256_ids").GetString());
            }
        }
    }

    [Fact]
    public void Encode_Vectors_EqualsGold()
    {
        foreach (string line in File.ReadLines(Path.Combine(Folder(), "vectors", "gpt_tokenizer_testplans.jsonl")))
        {
            JsonElement vector = JsonDocument.Parse(line).RootElement;
            BpeTokenizer? tokenizer = vector.GetProperty("encoding").GetString() switch
            {
                "o200k_base" => BpeTokenizer.O200kBase,
                "cl100k_base" => BpeTokenizer.Cl100kBase,
                _ => null,
            };
            tokenizer?.Encode(vector.GetProperty("sample").GetString())
                .ShouldBe(vector.GetProperty("tokens").EnumerateArray().Select(id => id.GetInt32()));
        }
    }

    private static string Folder()
    {
        string? data = Environment.GetEnvironmentVariable("STRATA_DATA");
        Assert.SkipWhen(data is null, "STRATA_DATA is not set.");
        return Path.Combine(data!, "token_texts");
    }
}
