using System.Collections.Frozen;
using Strata.Text.Languages;

namespace Strata.Text;

/// <summary>Words that carry no matter of their own.</summary>
internal static class StopWords
{
    private const string Section = "stop words";

    private static readonly FrozenDictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Read().GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenDictionary<string, int> Indexes = KnownLanguages.All.Where(language => language.Words(Section).Any())
        .ToFrozenDictionary(language => language.Primary, language => language.Index, StringComparer.Ordinal);

    /// <summary>Whether the word is a stop word of any language, or a pair of characters that holds nothing but such.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => LanguagesOf(word) != 0 || IsEmptyPair(word);

    /// <summary>Whether the word is one in this language; in any when the language is not among the lists.</summary>
    public static bool Contains(ReadOnlySpan<char> word, string language)
    {
        var index = IndexOf(language);
        return index < 0 ? Contains(word) : (LanguagesOf(word) & (1UL << index)) != 0 || IsEmptyPair(word);
    }

    /// <summary>A bit for each of the <see cref="KnownLanguages"/> that has the word.</summary>
    public static ulong LanguagesOf(ReadOnlySpan<char> word) => Lookup.TryGetValue(word, out var bits) ? bits : 0;

    /// <summary>
    /// Where the first language with this primary tag stands among the <see cref="KnownLanguages"/> that have stop words; -1 when none
    /// does.
    /// </summary>
    public static int IndexOf(string language) => Indexes.GetValueOrDefault(language, -1);

    // Pairs of hiragana are endings and particles; a pair of Chinese particles is no word either.
    private static bool IsEmptyPair(ReadOnlySpan<char> word) =>
        word.Length == 2 && word[0] >= '\u3041' &&
        ((IsHiragana(word[0]) && IsHiragana(word[1])) || (LanguagesOf(word[..1]) != 0 && LanguagesOf(word[1..]) != 0));

    private static bool IsHiragana(char c) => c is >= '\u3041' and <= '\u309F';

    private static FrozenDictionary<string, ulong> Read()
    {
        var bits = new Dictionary<string, ulong>(StringComparer.OrdinalIgnoreCase);
        foreach (var language in KnownLanguages.All)
        {
            foreach (var word in language.Words(Section))
                bits[word] = bits.GetValueOrDefault(word) | (1UL << language.Index);
        }

        return bits.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
