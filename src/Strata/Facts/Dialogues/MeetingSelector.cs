using System.Runtime.InteropServices;
using Strata.Text;

namespace Strata.Facts.Dialogues;

/// <summary>
/// Chooses sentences of a meeting: those that hold most of what it comes back to again and again (words and pairs of words, each counted
/// once), in the style of a statement rather than of chatter.
/// </summary>
internal sealed class MeetingSelector
{
    // Pairs say more of a matter than single words ("voice recognition").
    private const double WordWeight = 0.5;

    // Between a sum, which takes the longest, and a mean, which takes fragments.
    private const double LengthPower = 0.8;
    private const int EntryWords = 3;

    private const double NominalWeight = 6;
    private const double DecidingFactor = 1.3;
    private const double QuestionFactor = 0.7;
    private const int LeastWords = 6;
    private const int MostWords = 60;

    // A word of more of the sentences than this is a function word in any language.
    private const double Common = 0.12;
    private const int NeverCommon = 24;
    private const int EntryChars = 14;

    // A sentence that was broken off seldom says what it was about to.
    private const double BrokenFactor = 0.8;
    private const int LongestJoined = 2_000;

    // Pairs are counted by their hash: a collision only makes two rare pairs look a little less rare.
    private const int PairBits = 18;

    private readonly record struct Sentence(int Turn, Range Place, int FirstWord, int Words, double Factor);

    private readonly Dialogue _dialogue;
    private readonly WordTable _words;
    private readonly List<Utterance> _turns = [];
    private readonly List<int> _numbers = [];
    private readonly List<Sentence> _sentences = [];
    private readonly int[] _pairs = new int[1 << PairBits];
    private readonly bool[] _isPairCovered = new bool[1 << PairBits];
    private bool[] _isWordCovered = [];

    private MeetingSelector(Dialogue dialogue)
    {
        _dialogue = dialogue;
        _words = new WordTable(dialogue.Language);
    }

    /// <summary>Best first, more than fit into so many tokens.</summary>
    public static List<Passage> Choose(Dialogue dialogue, int tokens)
    {
        var selector = new MeetingSelector(dialogue);
        selector.Read();
        return selector.Choose(tokens * Dialogue.MostCharsPerToken);
    }

    private void Read()
    {
        foreach (var utterance in _dialogue.Utterances)
        {
            if (_turns.Count > 0 && GoesOn(_turns[^1], utterance))
                _turns[^1] = utterance with { Text = $"{_turns[^1].Text} {utterance.Text}".AsMemory() };
            else
                _turns.Add(utterance);
        }

        for (var i = 0; i < _turns.Count; i++)
        {
            var text = _turns[i].Text.Span;
            foreach (var range in SentenceSplitter.Split(text))
                Read(text[range], i, range);
        }

        foreach (var sentence in _sentences)
        {
            var words = WordsOf(sentence);
            for (var k = 1; k < words.Length; k++)
            {
                if (!IsCommon(words[k - 1]) || !IsCommon(words[k]))
                    _pairs[Pair(words[k - 1], words[k])]++;
            }
        }

        _isWordCovered = new bool[_words.Count];
    }

    // A transcript of speech breaks sentences at pauses.
    private static bool GoesOn(in Utterance before, in Utterance utterance) =>
        before.Speaker == utterance.Speaker && before.Date == utterance.Date && !before.IsCarried && !utterance.IsCarried
        && before.Text.Length < LongestJoined && !IsWhole(before.Text.Span);

    private static bool IsWhole(ReadOnlySpan<char> sentence) =>
        sentence.TrimEnd(" \t\n\"”)") is [.., '.' or '!' or '?' or '。' or '！' or '？' or '؟' or '।'];

    private void Read(ReadOnlySpan<char> sentence, int turn, Range place)
    {
        var first = _numbers.Count;
        var nominal = 0;
        var isDeciding = false;
        var last = -1;
        foreach (var word in WordSplitter.Split(sentence))
        {
            var number = _words.Add(word, _sentences.Count);
            var traits = _words.TraitsOf(number);
            if (number == last || (traits & (WordTraits.Filler | WordTraits.Assent)) != WordTraits.None)
                continue;
            _numbers.Add(last = number);
            nominal += (traits & WordTraits.Nominal) != WordTraits.None ? 1 : 0;
            isDeciding |= (traits & WordTraits.Deciding) != WordTraits.None;
        }

        var count = _numbers.Count - first;
        var factor = (1 + (NominalWeight * nominal / Math.Max(1, count))) * (isDeciding ? DecidingFactor : 1)
            * (sentence.TrimEnd() is [.., '?' or '？' or '؟'] ? QuestionFactor : 1) * (IsWhole(sentence) ? 1 : BrokenFactor) / Math.Pow(
                count + EntryWords, LengthPower);
        _sentences.Add(new Sentence(turn, place, first, count, factor));
    }

    private ReadOnlySpan<int> WordsOf(in Sentence sentence) =>
        CollectionsMarshal.AsSpan(_numbers).Slice(sentence.FirstWord, sentence.Words);

    private bool IsCommon(int word) => !_words.IsContent(word) || _words.TextsWith(word) > Math.Max(NeverCommon, Common * _sentences.Count);

    private static int Pair(int first, int second) =>
        (int)((((uint)first * 0x9E3779B1u) ^ ((uint)second * 0x85EBCA77u)) >> (32 - PairBits));

    private List<Passage> Choose(int chars)
    {
        var queue = new PriorityQueue<int, (double, int)>();
        for (var i = 0; i < _sentences.Count; i++)
        {
            if (_sentences[i].Words >= LeastWords && _sentences[i].Words is <= MostWords)
                queue.Enqueue(i, (-Gain(_sentences[i]), i));
        }

        var cutter = new UtteranceCutter(_dialogue);
        var chosen = new List<Passage>();
        while (chars > 0 && queue.TryDequeue(out var i, out var priority))
        {
            var gain = Gain(_sentences[i]);
            if (gain < -priority.Item1 && queue.TryPeek(out _, out var next) && gain < -next.Item1)
            {
                queue.Enqueue(i, (-gain, i));
                continue;
            }

            if (gain <= 0)
                break;
            var sentence = _sentences[i];
            var utterance = _turns[sentence.Turn];
            var text = cutter.CutSentence(utterance.Text.Span[sentence.Place], utterance);
            if (text.Length == 0)
                continue;
            Cover(sentence);
            chosen.Add(new Passage(i, utterance.Speaker, text, utterance.Date));
            chars -= text.Length + EntryChars;
        }

        return chosen;
    }

    private double Gain(in Sentence sentence)
    {
        var gain = 0.0;
        var words = WordsOf(sentence);
        for (var k = 0; k < words.Length; k++)
        {
            var word = words[k];
            if (!_isWordCovered[word] && !IsCommon(word) && _words.TextsWith(word) > 1)
                gain += WordWeight * Math.Log(_words.TextsWith(word));
            if (k > 0 && Pair(words[k - 1], word) is var pair && !_isPairCovered[pair] && _pairs[pair] > 1)
                gain += Math.Log(_pairs[pair]);
        }

        return gain * sentence.Factor;
    }

    private void Cover(in Sentence sentence)
    {
        var words = WordsOf(sentence);
        for (var k = 0; k < words.Length; k++)
        {
            _isWordCovered[words[k]] = true;
            if (k > 0)
                _isPairCovered[Pair(words[k - 1], words[k])] = true;
        }
    }
}
