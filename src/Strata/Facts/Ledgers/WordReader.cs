using Strata.Text.Languages;

namespace Strata.Facts.Ledgers;

/// <summary>What a word does in a sentence.</summary>
internal enum WordSort
{
    Content,
    Function,

    /// <summary>Says that what follows is the value of what stands before: <c>is</c>, <c>ist</c>, <c>は</c>.</summary>
    Copula,
    Value,
}

/// <summary>A word as it is compared: the stem of a content word, the text of a value in lower case. The type is a value's; empty for other
/// words. Led is a word that an article stands before: what stands before that does not narrow it.</summary>
internal readonly record struct Word(string Key, WordSort Sort, string Type, bool IsLed = false)
{
    /// <summary>Scripts without blanks between words are read char by char.</summary>
    public bool IsChar => Key.Length == 1 && Key[0] > '\u2e7f';

    public bool IsHangul => Key[0] is >= '\uac00' and <= '\ud7a3';
}

/// <summary>Splits a sentence into words.</summary>
internal static class WordReader
{
    private const int StemLength = 5;

    public static IReadOnlyList<Word> Read(string text, IReadOnlyList<TypedValue> values, LanguageSet languages)
    {
        var words = new List<Word>();
        var at = 0;
        foreach (var value in values)
        {
            ReadWords(text.AsSpan(at, value.Start - at), words, languages);
            words.Add(new Word(value.Text.ToLowerInvariant(), WordSort.Value, value.Type));
            at = value.End;
        }

        ReadWords(text.AsSpan(at), words, languages);
        return words;
    }

    private static void ReadWords(ReadOnlySpan<char> text, List<Word> words, LanguageSet languages)
    {
        var isLed = false;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (IsCjk(c) || c is ':' or '=')
            {
                Put(char.ToString(c), WordSorts.None, isLed: false, words);
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && !IsCjk(text[i])
                && (char.IsLetterOrDigit(text[i])
                    || (i > start && text[i] is '\'' or '’' or '-' && i + 1 < text.Length && char.IsLetter(text[i + 1]))))
                i++;
            if (i == start)
            {
                i++;
                continue;
            }

            var word = text[start..i].ToString().ToLowerInvariant().Replace('’', '\'');
            var sorts = SortsOf(word, languages);
            if (sorts == WordSorts.Article)
                isLed = true;
            else
            {
                Put(word, sorts, isLed, words);
                isLed = false;
            }
        }
    }

    private static WordSorts SortsOf(string word, LanguageSet languages)
    {
        var sorts = WordSorts.None;
        foreach (var language in languages)
            sorts |= language.SortsOf(word);
        return sorts;
    }

    private static void Put(string word, WordSorts sorts, bool isLed, List<Word> words)
    {
        if (word is "=" or ":" or "は" or "是" or "为" or "為" || sorts.HasFlag(WordSorts.Copula))
            words.Add(new Word("=", WordSort.Copula, ""));
        else if (sorts.HasFlag(WordSorts.Function))
            words.Add(new Word(word, WordSort.Function, ""));
        else
            words.Add(new Word(Stem(word), WordSort.Content, "", isLed));
    }

    // The first letters without a common ending: "owner" meets "owns", "rotated" meets "rotation".
    private static string Stem(string word)
    {
        var length = word.Length;
        foreach (var ending in (ReadOnlySpan<string>)["ing", "ed", "er", "es", "en", "s", "e"])
        {
            if (length - ending.Length < 3 || !word.EndsWith(ending, StringComparison.Ordinal))
                continue;
            length -= ending.Length;
            break;
        }

        return word[..Math.Min(length, StemLength)];
    }

    // Kana and Han; Hangul has blanks.
    private static bool IsCjk(char c) => c is >= '\u3040' and <= '\u30ff' or >= '\u3400' and <= '\u9fff';
}
