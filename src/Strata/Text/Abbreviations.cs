using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Strata.Text.Languages;

namespace Strata.Text;

/// <summary>Tells a full stop from the dot of an abbreviation, an initial or an ordinal.</summary>
internal static class Abbreviations
{
    private const int LongestKnown = 8;

    // Another word always follows these.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Inside = Set("abbreviations inside");

    // A number follows these; "no." alone is an answer.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BeforeNumber = Set("abbreviations before numbers");

    // These end a sentence or do not, as the next word is capital or not.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AtEnd = Set("abbreviations at the end");

    // Sentences of sloppy chat start with these right behind the full stop of the one before.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Openers = Set("chat openers");

    /// <summary>
    /// Whether the dot after <paramref name="before"/> belongs to its last word and the sentence goes on with <paramref name="after"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool EndAt(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        var word = LastWord(before);
        if (word.IsEmpty)
            return false;
        if (word.Length <= LongestKnown)
        {
            // 11 AM EST, CA, ST: capitals throughout are another kind of short form.
            if (Inside.Contains(word) && !(word.Length > 1 && char.IsUpper(word[^1])))
                return true;
            if (BeforeNumber.Contains(word) && (char.IsDigit(after[0]) || after[0] == '#'))
                return true;
        }

        if (char.IsLower(after[0]) && AtEnd.Contains(word))
            return true;
        // J. Smith, z. B., U.S., 3. Mai: only a word that starts sentences ends them.
        return (IsLetterOrLetters(word) || IsOrdinal(word)) && !StartsSentences(after);
    }

    /// <summary>Whether a capital word right behind a full stop starts a sentence: "done.Next", not "foo.Bar".</summary>
    public static bool IsOpener(ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        foreach (var c in before)
        {
            if (!char.IsLower(c) && c is not ('\'' or '’'))
                return false;
        }

        var word = FirstWord(after);
        return before.Length >= 2 && (word.Length == after.Length || after[word.Length] is ' ' or ',')
            && (Openers.Contains(word) || (word.Length > 1 && StopWords.Contains(word)));
    }

    private static bool StartsSentences(ReadOnlySpan<char> after)
    {
        var word = FirstWord(after);
        return word.Length > 0 && char.IsUpper(word[0]) && (StopWords.Contains(word) || Openers.Contains(word));
    }

    // "e", "U.S", "i.e"
    private static bool IsLetterOrLetters(ReadOnlySpan<char> word)
    {
        if (word.Length % 2 == 0 || word.Length > LongestKnown)
            return false;
        for (var i = 0; i < word.Length; i++)
        {
            if (i % 2 == 0 ? !char.IsLetter(word[i]) || word[i] > '\u2E7F' : word[i] != '.')
                return false;
        }

        return true;
    }

    private static bool IsOrdinal(ReadOnlySpan<char> word) => word.Length <= 2 && !word.ContainsAnyExceptInRange('0', '9');

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> before)
    {
        var start = before.Length;
        while (start > 0 && !char.IsWhiteSpace(before[start - 1])
            && before[start - 1] is not ('(' or '[' or '"' or '“' or '„' or '*' or '/'))
            start--;
        return before[start..];
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> after)
    {
        var end = 0;
        while (end < after.Length && (char.IsLetter(after[end]) || after[end] is '\'' or '’'))
            end++;
        return after[..end];
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string section) =>
        KnownLanguages.WordsOf(section).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
