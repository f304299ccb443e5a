using Strata.Text;

namespace Strata.Facts.Dialogues;

/// <summary>The words of a dialogue by number, with how many of its texts hold each.</summary>
internal sealed class WordTable
{
    private const int LongestWord = 64;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<WordTraits> _traits = [];
    private readonly List<int> _texts = [];
    private readonly List<int> _lastText = [];
    private readonly string _language;

    public WordTable(string language) => _language = language;

    public int Count => _traits.Count;

    public WordTraits TraitsOf(int word) => _traits[word];

    /// <summary>Whether the word says what the talk is about; false of those that every talk has.</summary>
    public bool IsContent(int word) =>
        (_traits[word] & (WordTraits.Stop | WordTraits.Light | WordTraits.FirstPerson | WordTraits.SecondPerson)) == WordTraits.None;

    /// <summary>How many texts hold the word.</summary>
    public int TextsWith(int word) => _texts[word];

    /// <summary>How rare a word is among so many texts: the log of the share that holds it, negated.</summary>
    public double Rarity(int word, int texts) => Math.Log(texts / (double)_texts[word]);

    /// <summary>The number of a word that stands in a text.</summary>
    public int Add(ReadOnlySpan<char> word, int text)
    {
        Span<char> buffer = stackalloc char[LongestWord];
        var folded = buffer[..word[..Math.Min(word.Length, LongestWord)].ToLowerInvariant(buffer)];
        folded.Replace('’', '\'');
        return Add(folded, text, _numbers.GetAlternateLookup<ReadOnlySpan<char>>());
    }

    private int Add(ReadOnlySpan<char> word, int text, Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> numbers)
    {
        if (!numbers.TryGetValue(word, out var number))
        {
            number = _traits.Count;
            numbers[word] = number;
            _traits.Add(WordTraitList.Of(word) | (IsStopWord(word) ? WordTraits.Stop : WordTraits.None));
            _texts.Add(0);
            _lastText.Add(-1);
        }

        if (_lastText[number] != text)
        {
            _lastText[number] = text;
            _texts[number]++;
        }

        return number;
    }

    // I'm, you've, it's: the pronoun before the apostrophe decides.
    private bool IsStopWord(ReadOnlySpan<char> word) =>
        StopWords.Contains(word, _language) || (word.IndexOf('\'') is var mark and > 0 && StopWords.Contains(word[..mark], _language));
}
