using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>Tells what is said in words from code, paths, numbers and lists of names.</summary>
internal static class Prose
{
    private const int LeastWords = 3;

    // Of its words, those that are nothing but letters.
    private const double Plain = .7;

    public static bool Is(ReadOnlySpan<char> sentence)
    {
        var (words, plain, common) = (0, 0, 0);
        for (var word = WordSplitter.Split(sentence); word.MoveNext();)
        {
            words++;
            plain += IsPlain(word.Current) && !IsJoined(sentence, word.Start, word.Start + word.Length) ? 1 : 0;
            common += word.Current[0] > '\u02ff' || StopWords.Contains(word.Current) ? 1 : 0;
        }

        return words >= LeastWords && plain >= words * Plain && (common > 0 || sentence[^1] is '.' or '!' or '?')
            && !sentence.ContainsAny("{}=<>|\\") && sentence[^1] != ';';
    }

    // a/path, a.name, an:address
    private static bool IsJoined(ReadOnlySpan<char> sentence, int start, int end) =>
        (start > 0 && "/._-:@#".Contains(sentence[start - 1], StringComparison.Ordinal))
            || (end < sentence.Length && "/_(".Contains(sentence[end], StringComparison.Ordinal));

    private static bool IsPlain(ReadOnlySpan<char> word)
    {
        foreach (var c in word[1..])
        {
            if (char.IsDigit(c) || c is '_' || (char.IsAsciiLetterUpper(c) && char.IsAsciiLetterLower(word[0])))
                return false;
        }

        return !char.IsDigit(word[0]);
    }
}
