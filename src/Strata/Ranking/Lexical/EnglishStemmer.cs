namespace Strata.Ranking.Lexical;

/// <summary>Porter's stemmer of 1980, in place: connected, connecting and connection meet at "connect".</summary>
internal static class EnglishStemmer
{
    // Of endings that one word can have, the longest stands first.
    private static readonly (string Ending, string Stem)[] Second =
    [
        ("ational", "ate"), ("ization", "ize"), ("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous"), ("tional", "tion"),
        ("biliti", "ble"),
        ("entli", "ent"), ("ousli", "ous"), ("ation", "ate"), ("alism", "al"), ("aliti", "al"), ("iviti", "ive"), ("enci", "ence"),
        ("anci", "ance"),
        ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("ator", "ate"), ("eli", "e"),
    ];

    private static readonly (string Ending, string Stem)[] Third =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ness", ""), ("ful", "")];

    private static readonly string[] Fourth =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ion", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "ic",
            "ou"];

    /// <summary>Stems a word of lower-case letters a–z and returns how many chars are left.</summary>
    public static int Stem(Span<char> word)
    {
        if (word.Length <= 2)
            return word.Length;
        var rest = Plural(word);
        rest = Past(word, rest);
        if (word[rest - 1] == 'y' && HasVowel(word[..(rest - 1)]))
            word[rest - 1] = 'i';
        rest = Replace(word, rest, Second);
        rest = Replace(word, rest, Third);
        rest = Remove(word, rest);
        return Tidy(word, rest);
    }

    private static int Plural(ReadOnlySpan<char> word)
    {
        if (word.EndsWith("sses") || word.EndsWith("ies"))
            return word.Length - 2;
        return word.EndsWith("s") && !word.EndsWith("ss") ? word.Length - 1 : word.Length;
    }

    private static int Past(Span<char> word, int length)
    {
        var w = word[..length];
        if (w.EndsWith("eed"))
            return Measure(w[..^3]) > 0 ? length - 1 : length;
        if (w.EndsWith("ed") && HasVowel(w[..^2]))
            length -= 2;
        else if (w.EndsWith("ing") && HasVowel(w[..^3]))
            length -= 3;
        else
            return length;

        w = word[..length];
        if (w.EndsWith("at") || w.EndsWith("bl") || w.EndsWith("iz"))
            word[length++] = 'e';
        else if (IsDouble(w) && w[^1] is not ('l' or 's' or 'z'))
            length--;
        else if (Measure(w) == 1 && EndsShort(w))
            word[length++] = 'e';
        return length;
    }

    private static int Replace(Span<char> word, int length, (string Ending, string Stem)[] rules)
    {
        foreach (var (ending, stem) in rules)
        {
            if (!word[..length].EndsWith(ending))
                continue;
            var start = length - ending.Length;
            if (Measure(word[..start]) == 0)
                return length;
            stem.CopyTo(word[start..]);
            return start + stem.Length;
        }

        return length;
    }

    private static int Remove(ReadOnlySpan<char> word, int length)
    {
        foreach (var ending in Fourth)
        {
            if (!word[..length].EndsWith(ending))
                continue;
            var stem = word[..(length - ending.Length)];
            return Measure(stem) > 1 && (ending != "ion" || stem[^1] is 's' or 't') ? stem.Length : length;
        }

        return length;
    }

    private static int Tidy(ReadOnlySpan<char> word, int length)
    {
        if (word[length - 1] == 'e' && Measure(word[..(length - 1)]) is var measure
            && (measure > 1 || (measure == 1 && !EndsShort(word[..(length - 1)]))))
            length--;
        return word[length - 1] == 'l' && IsDouble(word[..length]) && Measure(word[..length]) > 1 ? length - 1 : length;
    }

    private static bool IsConsonant(ReadOnlySpan<char> word, int at) => word[at] switch
    {
        'a' or 'e' or 'i' or 'o' or 'u' => false,
        'y' => at == 0 || !IsConsonant(word, at - 1),
        _ => true,
    };

    // How often a consonant follows a vowel.
    private static int Measure(ReadOnlySpan<char> word)
    {
        var measure = 0;
        var wasVowel = false;
        for (var i = 0; i < word.Length; i++)
        {
            var isConsonant = word[i] == 'y' ? i == 0 || wasVowel : word[i] is not ('a' or 'e' or 'i' or 'o' or 'u');
            if (isConsonant && wasVowel)
                measure++;
            wasVowel = !isConsonant;
        }

        return measure;
    }

    private static bool HasVowel(ReadOnlySpan<char> word)
    {
        for (var i = 0; i < word.Length; i++)
        {
            if (!IsConsonant(word, i))
                return true;
        }

        return false;
    }

    private static bool IsDouble(ReadOnlySpan<char> word) => word.Length > 1 && word[^1] == word[^2] && IsConsonant(word, word.Length - 1);

    // hop, fil: a short word that lost an e.
    private static bool EndsShort(ReadOnlySpan<char> word) =>
        word.Length > 2 && IsConsonant(word, word.Length - 1) && !IsConsonant(word, word.Length - 2) && IsConsonant(word, word.Length - 3)
        && word[^1] is not ('w' or 'x' or 'y');
}
