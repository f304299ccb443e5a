using System.Globalization;

namespace Strata.Text.Languages;

/// <summary>A sentence as cues are looked for in it.</summary>
/// <param name="Letters">Lower case; without diacritics unless the language tells words apart by them.</param>
/// <param name="HasBlanks">Whether words stand between blanks.</param>
/// <param name="Numbers">Words for numbers.</param>
internal readonly record struct CueText(string Letters, bool HasBlanks, IReadOnlySet<string> Numbers)
{
    /// <summary>The letters to compare: cues and sentences go through the same folding.</summary>
    /// <param name="text">The text to fold.</param>
    /// <param name="keepsDiacritics">Whether only the case is folded.</param>
    /// <param name="places">Where in the text each of the letters stands, the end included; null when none was left out.</param>
    public static string Fold(string text, bool keepsDiacritics, out int[]? places)
    {
        places = null;
        var letters = new char[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var folded = Fold(text[i], keepsDiacritics);
            if (folded == '\0' && places is null)
                places = [.. Enumerable.Range(0, text.Length + 1)];
            if (folded == '\0')
                continue;
            if (places is not null)
                places[length] = i;
            letters[length++] = folded;
        }

        if (places is not null)
            places[length] = text.Length;
        return new string(letters, 0, length);
    }

    public static bool IsWordChar(char c) => char.IsAscii(c)
        ? char.IsAsciiLetterOrDigit(c) || c == '_'
        : char.IsLetterOrDigit(c)
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Whether no word goes on from the char before to this one.</summary>
    public bool IsEdge(int at) => !HasBlanks || at == 0 || at >= Letters.Length || !IsWordChar(Letters[at]) || !IsWordChar(Letters[at - 1]);

    public int SkipBlanks(int at)
    {
        while (at < Letters.Length && char.IsWhiteSpace(Letters[at]))
            at++;
        return at;
    }

    public int WordEnd(int at)
    {
        while (at < Letters.Length && IsWordChar(Letters[at]))
            at++;
        return at;
    }

    public int NumberEnd(int at)
    {
        var end = at;
        while (end < Letters.Length
            && (char.IsDigit(Letters[end])
                || (end > at && Letters[end] is '.' or ',' && end + 1 < Letters.Length && char.IsDigit(Letters[end + 1]))))
            end++;
        if (end > at || Numbers.Count == 0)
            return end;
        if (!HasBlanks)
            return at < Letters.Length && Numbers.Contains(Letters[at].ToString()) ? at + 1 : at;
        end = WordEnd(at);
        return Numbers.Contains(Letters[at..end]) ? end : at;
    }

    public bool HasWordFrom(int at)
    {
        for (; at < Letters.Length; at++)
        {
            if (IsWordChar(Letters[at]))
                return true;
        }

        return false;
    }

    /// <summary>Whether the clause ends here: a pause, or nothing but signs up to the end.</summary>
    public bool IsClauseEnd(int at)
    {
        at = SkipBlanks(at);
        return at >= Letters.Length
            || Letters[at] is ',' or ';' or ':' or ')' or '.' or '!' or '–' or '—' or '،' or '।' or '。' or '，' or '、' || !HasWordFrom(at);
    }

    private static char Fold(char c, bool keepsDiacritics)
    {
        switch (c)
        {
            case '’' or 'ʼ' or '`':
                return '\'';
            case 'İ' or 'ı':
                return 'i';
            default:
                return keepsDiacritics ? char.ToLowerInvariant(c) : LetterFolding.Fold(c);
        }
    }
}
