using System.Security.Cryptography;
using System.Text;
using Strata.Tokens.Bpe;

namespace Strata.Tests.Tokens.Bpe;

public class VocabularyTests
{
    // The values that OpenAI's openai_public.py checks its downloads with.
    [Theory]
    [InlineData("o200k_base", "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d")]
    [InlineData("cl100k_base", "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7")]
    public void Vocabulary_WrittenAsTiktokenFile_HasThePublishedHash(string name, string sha256)
    {
        Vocabulary vocabulary = new(name);
        TokenBytes bytes = new(vocabulary);
        StringBuilder file = new();
        for (int token = 0; token < vocabulary.TokenCount; token++)
            file.Append(Convert.ToBase64String(bytes[token])).Append(' ').Append(token).Append('\n');
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(file.ToString()))).ShouldBe(sha256);
    }

    [Fact]
    public void Merges_OfEveryToken_AreFound()
    {
        Vocabulary vocabulary = new("o200k_base");
        for (int token = 256; token < vocabulary.TokenCount; token++)
        {
            (int left, int right) = vocabulary.PartsOf(token);
            vocabulary.Merges.Find(left, right).ShouldBe(token);
        }

        vocabulary.Merges.Find(199_990, 199_991).ShouldBe(MergeTable.None);
    }

    [Fact]
    public unsafe void LongestAt_EveryToken_IsTheToken()
    {
        Vocabulary vocabulary = new("cl100k_base");
        TokenTrie trie = vocabulary.Trie;
        for (int token = 0; token < vocabulary.TokenCount; token++)
        {
            ReadOnlySpan<byte> bytes = trie.Bytes[token];
            fixed (byte* text = bytes)
                trie.LongestAt(text, text + bytes.Length, out _).ShouldBe(token);
        }
    }

    [Fact]
    public unsafe void Backtracker_AnyPiece_EqualsTheMerger()
    {
        Vocabulary vocabulary = new("o200k_base");
        Backtracker backtracker = new(vocabulary);
        Random random = new(1);
        string letters = "aeiou the=-+*#0123é世界中文人大ですのلاةनकしてعд🙂";
        int* expected = stackalloc int[Merger.MaxLength];
        for (int i = 0; i < 20_000; i++)
        {
            // Few different letters make many merges compete.
            int kinds = random.Next(1, letters.Length), first = random.Next(0, letters.Length - kinds);
            byte[] piece = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(1, 40))
                .Select(_ => letters[first + random.Next(kinds)])));
            int length = Math.Min(piece.Length, Merger.MaxLength);
            while (length < piece.Length && (piece[length] & 0xC0) == 0x80)
                length--;
            fixed (byte* text = piece)
            {
                int count = Merger.Encode(vocabulary, text, length, expected);
                backtracker.Tokens(backtracker.Encode(text, length)).SequenceEqual(new ReadOnlySpan<int>(expected, count)).ShouldBeTrue();
            }
        }
    }
}
