using System.Collections.Frozen;

namespace Strata.Text;

/// <summary>Words that carry no matter of their own.</summary>
internal static class StopWords
{
    private static readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> Lookup = Read().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether the word is a stop word of any language, or a pair of characters that holds nothing but such.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => LanguagesOf(word) != 0 || IsEmptyPair(word);

    /// <summary>Whether the word is one in this language; in any when the language is not among the lists.</summary>
    public static bool Contains(ReadOnlySpan<char> word, string language)
    {
        var index = IndexOf(language);
        return index < 0 ? Contains(word) : (LanguagesOf(word) & (1u << index)) != 0 || IsEmptyPair(word);
    }

    /// <summary>A bit for each language of <see cref="StopWordLists.All"/> that has the word.</summary>
    public static uint LanguagesOf(ReadOnlySpan<char> word) => Lookup.TryGetValue(word, out var bits) ? bits : 0;

    /// <summary>Where a language stands in <see cref="StopWordLists.All"/>; -1 when it does not.</summary>
    public static int IndexOf(string language) => Array.FindIndex(StopWordLists.All, list => list.Language == language);

    // Pairs of hiragana are endings and particles; a pair of Chinese particles is no word either.
    private static bool IsEmptyPair(ReadOnlySpan<char> word) =>
        word.Length == 2 && word[0] >= '\u3041' &&
        ((IsHiragana(word[0]) && IsHiragana(word[1])) || (LanguagesOf(word[..1]) != 0 && LanguagesOf(word[1..]) != 0));

    private static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u309F';

    private static FrozenDictionary<string, uint> Read()
    {
        var bits = new Dictionary<string, uint>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < StopWordLists.All.Length; i++)
        {
            foreach (var word in StopWordLists.All[i].Words.Split(' '))
                bits[word] = bits.GetValueOrDefault(word) | (1u << i);
        }

        return bits.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
