namespace Strata.Text;

/// <summary>
/// The commonest endings and articles, so that short words meet their inflected forms too. Light on purpose: two words that meet wrongly
/// cost more.
/// </summary>
internal static class WordEndings
{
    private const int ShortestStem = 3;

    private static readonly string[] Latin = ["ing", "ed", "es", "en", "s", "e"];

    private static readonly string[] Cyrillic =
    [
        "ами", "ями", "ого", "его", "ому", "ему", "ыми", "ими", "ов", "ев", "ам", "ям", "ах", "ях", "ом", "ем", "ой", "ей", "ый", "ий",
        "ая", "яя",
        "ое", "ее", "ые", "ие", "ую", "юю", "а", "е", "и", "о", "у", "ы", "ь", "я", "ю", "і", "й",
    ];

    private static readonly string[] Hangul = ["에서", "으로", "까지", "부터", "에게", "을", "를", "이", "가", "은", "는", "에", "의", "도", "로", "와", "과"];

    /// <summary>Where the stem of a folded word ends; <paramref name="start"/> is where it starts.</summary>
    public static int Off(ReadOnlySpan<char> word, out int start)
    {
        start = 0;
        var length = word.Length;
        switch (word[^1])
        {
            case >= 'a' and <= 'z':
                return OffLatin(word);
            case >= 'Ѐ' and <= 'ӿ':
                return Off(word, Cyrillic, ShortestStem);
            case >= '가' and <= '힣':
                return Off(word, Hangul, 2);
            case >= '\u0600' and <= '\u06FF':
                if (length > 5 && word.StartsWith("وال"))
                    start = 3;
                else if (length > 4 && word.StartsWith("ال"))
                    start = 2;
                return length;
            default:
                return length;
        }
    }

    private static int OffLatin(ReadOnlySpan<char> word)
    {
        // Twice: token-s and then tok-en, since "token" alone loses its ending too.
        for (var i = 0; i < 2 && !word.EndsWith("ss"); i++)
        {
            var length = Off(word, Latin, ShortestStem);
            // stopp-ed, runn-ing; but call-ed, add-ed
            var isDoubled = word.Length - length is 2 or 3 && length > ShortestStem && word[length - 1] == word[length - 2]
                && word[length - 1] is not ('l' or 's' or 'z');
            word = word[..(isDoubled ? length - 1 : length)];
        }

        return word.Length;
    }

    private static int Off(ReadOnlySpan<char> word, string[] endings, int shortestStem)
    {
        foreach (var ending in endings)
        {
            if (word.Length - ending.Length >= shortestStem && word.EndsWith(ending))
                return word.Length - ending.Length;
        }

        return word.Length;
    }
}
