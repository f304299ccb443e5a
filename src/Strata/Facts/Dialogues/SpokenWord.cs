namespace Strata.Facts.Dialogues;

/// <summary>What stands between two blanks: a word with its punctuation. Offsets into the sentence.</summary>
internal readonly record struct SpokenWord(int Start, int End, int CoreStart, int CoreEnd)
{
    public ReadOnlySpan<char> Of(ReadOnlySpan<char> sentence) => sentence[Start..End];

    /// <summary>The word without the punctuation around it; empty when it is nothing else.</summary>
    public ReadOnlySpan<char> Core(ReadOnlySpan<char> sentence) => sentence[CoreStart..CoreEnd];

    public ReadOnlySpan<char> Tail(ReadOnlySpan<char> sentence) => sentence[CoreEnd..End];

    public static void Split(ReadOnlySpan<char> sentence, List<SpokenWord> words)
    {
        words.Clear();
        for (var at = 0; at < sentence.Length;)
        {
            if (char.IsWhiteSpace(sentence[at]))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < sentence.Length && !char.IsWhiteSpace(sentence[end]))
                end++;
            var (first, last) = (at, end);
            while (first < last && !IsPart(sentence[first]))
                first++;
            while (last > first && !IsPart(sentence[last - 1]))
                last--;
            words.Add(new SpokenWord(at, end, first, last));
            at = end;
        }
    }

    private static bool IsPart(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c is '%' or '$' or '€' or '£' or '#' or '@' or '&' or '+'
            || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.OtherSymbol;
}
