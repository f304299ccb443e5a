using System.Collections.Frozen;
using System.Numerics;
using System.Text;
using Strata.Text.Languages;

namespace Strata.Text;

/// <summary>
/// Tells in which languages a message is written, so that only their cues are looked for in it. Unlike <see cref="Language"/> it answers
/// for a single sentence too: beside stop words it counts the words of each language's cues.
/// </summary>
internal static class MessageLanguages
{
    // A word of one language alone is worth a whole; of several, its part of it.
    private const int Whole = 12;

    // Two languages that are this close are both tried, in parts of the better one's score.
    private const double Close = 0.85;

    private static readonly FrozenDictionary<string, ulong>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Read().GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly string[] Primaries = [.. KnownLanguages.All.Select(language => language.Primary)];

    /// <summary>
    /// The languages of the text, English where none is told. Code, paths and what stands in quotation marks do not count.
    /// </summary>
    public static LanguageSet Of(string text) => Told(text) is { IsEmpty: false } told ? told : LanguageSet.English;

    /// <summary>The languages of one sentence of a message that is written in these languages: its own where it tells them.</summary>
    public static LanguageSet Of(string sentence, LanguageSet message)
    {
        var own = Told(sentence);
        var shared = new LanguageSet(own.Bits & message.Bits);
        return own.IsEmpty ? message : shared.IsEmpty ? own : shared;
    }

    private static LanguageSet Told(string text)
    {
        Span<int> scores = stackalloc int[KnownLanguages.All.Count];
        scores.Clear();
        var scripts = Count(OwnWords.Of(text), scores);
        var found = default(LanguageSet);
        foreach (var script in scripts)
        {
            found |= script switch
            {
                WritingSystems.Latin => OfLatin(scores),
                WritingSystems.Cyrillic or "ru" or "uk" => OfCyrillic(scores, scripts),
                "zh" when scripts.Contains("ja") => default,
                _ => KnownLanguages.Of(script),
            };
        }

        return found;
    }

    private static HashSet<string> Count(ReadOnlySpan<char> text, Span<int> scores)
    {
        var scripts = new HashSet<string>(StringComparer.Ordinal);
        var words = WordSplitter.Split(text[..Math.Min(text.Length, Language.ReadChars)]);
        while (words.MoveNext())
        {
            var word = words.Current;
            if (words.Class == WordClass.Emoji || (words.Class == WordClass.Letter && Language.IsCode(text, words.Start, words.Length)))
                continue;
            _ = Rune.DecodeFromUtf16(word, out var first, out _);
            if (WritingSystems.Of(first.Value, word) is not { } script)
                continue;
            scripts.Add(script);
            if (script is not (WritingSystems.Latin or WritingSystems.Cyrillic or "ru" or "uk"))
                continue;
            var bits = Lookup.TryGetValue(word, out var known) ? known : 0;
            var share = Whole / Math.Max(1, Math.Min(Whole, BitOperations.PopCount(bits)));
            for (; bits != 0; bits &= bits - 1)
                scores[BitOperations.TrailingZeroCount(bits)] += share;
            if (WritingSystems.LettersOf(word) is { } language)
                scores[Array.IndexOf(Primaries, language)] += Whole;
        }

        return scripts;
    }

    // Names of things are Latin in every script, so Latin words tell a language only by words that are its own.
    private static LanguageSet OfLatin(ReadOnlySpan<int> scores)
    {
        var top = 0;
        for (var i = 0; i < scores.Length; i++)
            top = IsCyrillic(i) ? top : Math.Max(top, scores[i]);
        if (top == 0)
            return default;
        var bits = 0UL;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!IsCyrillic(i) && scores[i] >= top * Close)
                bits |= 1UL << i;
        }

        if (scores[0] >= 2 * Whole && scores[0] * 3 >= top)
            bits |= 1;
        return new LanguageSet(bits);
    }

    private static LanguageSet OfCyrillic(ReadOnlySpan<int> scores, HashSet<string> scripts)
    {
        if (scripts.Contains("uk") && !scripts.Contains("ru"))
            return KnownLanguages.Of("uk");
        if (scripts.Contains("ru") && !scripts.Contains("uk"))
            return KnownLanguages.Of("ru");
        var bits = 0UL;
        var top = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            if (!IsCyrillic(i) || scores[i] < top)
                continue;
            bits = scores[i] > top ? 1UL << i : bits | (1UL << i);
            top = scores[i];
        }

        return top == 0 ? KnownLanguages.Of("ru") : new LanguageSet(bits);
    }

    private static bool IsCyrillic(int index) => Primaries[index] is "ru" or "uk" or "bg";

    private static FrozenDictionary<string, ulong> Read()
    {
        var words = new Dictionary<string, ulong>(StringComparer.OrdinalIgnoreCase);
        // The cues of English speak of code, and every language borrows those words.
        var borrowed = KnownLanguages.English.CueWords().Concat(KnownLanguages.English.Words("borrowed words"))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var language in KnownLanguages.All)
        {
            var own = language.Words("stop words").Concat(language.Words("telling words"));
            foreach (var word in language == KnownLanguages.English ? own
                : own.Concat(language.CueWords().Where(word => !borrowed.Contains(word))))
                words[word] = words.GetValueOrDefault(word) | (1UL << language.Index);
        }

        return words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
