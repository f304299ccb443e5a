using System.Collections.Frozen;

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

/// <summary>A word as it is compared: the stem of a content word, the text of a value in lower case. The type is a value's; empty for other words. Led is a word
/// that an article stands before: what stands before that does not narrow it.</summary>
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

    private static readonly FrozenSet<string> Copulas = FrozenSet.ToFrozenSet(
        ["is", "are", "was", "were", "be", "=", ":", "ist", "sind", "war", "beträgt", "lautet", "es", "son", "era", "está", "est", "sont", "sera", "è", "é", "são", "是", "为", "は", "は"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Articles = FrozenSet.ToFrozenSet(
        ["the", "a", "an", "der", "die", "das", "den", "dem", "ein", "eine", "einen", "el", "la", "los", "las", "un", "una", "le", "les", "une", "il", "lo", "gli", "o", "os", "as", "um", "uma", "all"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Functions = FrozenSet.ToFrozenSet(
        [
            "in", "on", "at", "to", "of", "for", "by", "with", "from", "as", "under", "over", "above", "below", "before", "after", "until", "into", "onto", "off", "per", "about", "than", "and", "or", "but", "if", "when", "that", "this", "these", "those", "it", "its",
            "i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "they", "them", "their", "i'd", "i'm", "we're", "don't", "do", "does", "did", "not", "no", "must", "should", "shall", "will", "would", "can", "may", "might", "has", "have", "had", "been", "being", "so", "up", "there",
            "auf", "mit", "bei", "von", "vom", "zu", "zum", "zur", "für", "aus", "nach", "über", "unter", "und", "oder", "nicht", "kein", "keine", "muss", "soll", "im", "am", "ich", "wir", "bis", "des", "wird", "wurde",
            "en", "de", "del", "al", "con", "por", "para", "y", "no", "mi", "deben", "debe", "que", "se", "su", "sus", "tu", "tus",
            "à", "au", "aux", "du", "dans", "avec", "par", "pour", "sur", "et", "ne", "pas", "mon", "ma", "mes", "nous", "sous", "tes", "ton",
            "di", "da", "del", "della", "nel", "con", "per", "e", "non", "sotto", "do", "dos", "das", "em", "com", "não", "na", "в", "на", "и", "с", "не", "по", "до",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> FunctionOf = Functions.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IReadOnlyList<Word> Read(string text, IReadOnlyList<TypedValue> values)
    {
        var words = new List<Word>();
        var at = 0;
        foreach (var value in values)
        {
            ReadWords(text.AsSpan(at, value.Start - at), words);
            words.Add(new Word(value.Text.ToLowerInvariant(), WordSort.Value, value.Type));
            at = value.End;
        }

        ReadWords(text.AsSpan(at), words);
        return words;
    }

    private static void ReadWords(ReadOnlySpan<char> text, List<Word> words)
    {
        var isLed = false;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (IsCjk(c) || c is ':' or '=')
            {
                Put(char.ToString(c), isLed: false, words);
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && !IsCjk(text[i]) && (char.IsLetterOrDigit(text[i]) || (i > start && text[i] is '\'' or '’' or '-' && i + 1 < text.Length && char.IsLetter(text[i + 1]))))
                i++;
            if (i == start)
            {
                i++;
                continue;
            }

            var word = text[start..i].ToString().ToLowerInvariant().Replace('’', '\'');
            if (Articles.Contains(word) && !Copulas.Contains(word) && !FunctionOf.Contains(word))
                isLed = true;
            else
            {
                Put(word, isLed, words);
                isLed = false;
            }
        }
    }

    private static void Put(string word, bool isLed, List<Word> words)
    {
        if (Copulas.Contains(word))
            words.Add(new Word("=", WordSort.Copula, ""));
        else if (FunctionOf.Contains(word))
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
