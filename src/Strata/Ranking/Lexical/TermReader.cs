using Strata.Text;

namespace Strata.Ranking.Lexical;

/// <summary>
/// The terms of a text: its words without those that carry no matter, compounds and code names in their parts too, inflected forms as one.
/// </summary>
internal sealed class TermReader(string language, bool stems)
{
    // A longer word is data.
    private const int Longest = 64;

    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _words =
        new Dictionary<string, int[]>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _terms =
        new Dictionary<string, int>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    // A text whose language cannot be told is a few words, and those are mostly English.
    private readonly bool _isEnglish = language is "en" or Language.Unknown;

    /// <summary>How many terms there are; they are numbered from 0.</summary>
    public int Count => _terms.Dictionary.Count;

    /// <summary>Appends the terms of a text, in order; those seen for the first time get the next numbers.</summary>
    public void Learn(ReadOnlySpan<char> text, List<int> terms)
    {
        foreach (var word in WordSplitter.Split(text))
        {
            if (!_words.TryGetValue(word, out var found))
                _words[word] = found = Read(word, learn: true);
            foreach (var term in found)
                terms.Add(term);
        }
    }

    /// <summary>The terms of a text that are known, in order. Safe to call from several threads once nothing more is learned.</summary>
    public List<int> Find(ReadOnlySpan<char> text)
    {
        var terms = new List<int>();
        foreach (var word in WordSplitter.Split(text))
            terms.AddRange(_words.TryGetValue(word, out var found) ? found : Read(word, learn: false));
        return terms;
    }

    private int[] Read(ReadOnlySpan<char> word, bool learn)
    {
        word = word[..Math.Min(word.Length, Longest)];
        var terms = new List<int>(1);
        var parts = new WordParts(word);
        var count = 0;
        foreach (var part in parts)
        {
            count++;
            Add(part, learn, terms);
        }

        // Whole as well, so that who knows the exact name finds it; hyphens join what many write apart.
        if (count > 1 && !word.Contains('-'))
            Add(word, learn, terms);
        return [.. terms];
    }

    private void Add(ReadOnlySpan<char> word, bool learn, List<int> terms)
    {
        if (StopWords.Contains(word, language) || (_isEnglish && QueryWords.Contains(word)))
            return;
        Span<char> buffer = stackalloc char[Longest];
        var key = buffer[..Key(word, buffer)];
        if (key.IsEmpty)
            return;
        if (_terms.TryGetValue(key, out var term))
            terms.Add(term);
        else if (learn)
            terms.Add(_terms[key] = Count);
    }

    private int Key(ReadOnlySpan<char> word, Span<char> key)
    {
        var lower = key[..word.ToLowerInvariant(key)];
        if (!stems || lower.ContainsAnyInRange('0', '9'))
            return lower.Length;
        return _isEnglish && !lower.ContainsAnyExceptInRange('a', 'z') ? EnglishStemmer.Stem(lower) : WordKey.Write(word, key);
    }
}
