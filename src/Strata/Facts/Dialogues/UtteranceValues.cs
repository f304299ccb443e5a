using System.Runtime.InteropServices;
using Strata.Text;

namespace Strata.Facts.Dialogues;

/// <summary>
/// How likely each utterance of a talk is asked for later: plain features as deviations from the mean of the talk, each with weight one and
/// only its sign known. On conversations with questions about them trained weights did no better.
/// </summary>
internal sealed class UtteranceValues
{
    // A fifth to a third of the utterances of a chat are ever asked for, and no better than the features tell them apart.
    private const double Bias = 1.6;
    private const double Slope = 1.8;

    private const int RarestWords = 5;
    private const int Most = 3;   // of one feature in an utterance

    private readonly Dialogue _dialogue;
    private readonly WordTable _words;
    private readonly HashSet<string> _names;
    private readonly List<int> _numbers = [];
    private readonly int[] _ends;
    private readonly float[] _sums;
    private readonly float[] _values;

    private UtteranceValues(Dialogue dialogue)
    {
        _dialogue = dialogue;
        _words = new WordTable(dialogue.Language);
        _names = dialogue.Speakers.Keys.SelectMany(speaker => speaker.Split(' ')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _ends = new int[dialogue.Utterances.Count];
        _sums = new float[_ends.Length];
        _values = new float[_ends.Length];
    }

    /// <summary>A likelihood for each utterance, above 0 and below 1.</summary>
    public static double[] Of(Dialogue dialogue)
    {
        var values = new UtteranceValues(dialogue);
        values.ReadWords();
        values.AddWordFeatures();
        values.AddFormFeatures();
        return values.Likelihoods();
    }

    private void ReadWords()
    {
        for (var i = 0; i < _ends.Length; i++)
        {
            foreach (var word in WordSplitter.Split(_dialogue.Utterances[i].Text.Span))
                _numbers.Add(_words.Add(word, i));
            _ends[i] = _numbers.Count;
        }
    }

    private ReadOnlySpan<int> WordsOf(int i) =>
        CollectionsMarshal.AsSpan(_numbers)[(i == 0 ? 0 : _ends[i - 1]).._ends[i]];

    private void AddWordFeatures()
    {
        Add(i => Rarest(WordsOf(i)));
        var seen = new bool[_words.Count];
        Add(i =>
        {
            var fresh = 0;
            foreach (var word in WordsOf(i))
            {
                fresh += !seen[word] && _words.IsContent(word) ? 1 : 0;
                seen[word] = true;
            }

            return fresh;
        });
        Add(i => Math.Min(Most, CountOf(i, WordTraits.Number)));
        Add(i => Math.Min(Most, CountOf(i, WordTraits.Time)));
        Add(i => Math.Min(Most, CountOf(i, WordTraits.Life)));
        Add(i => ShareOf(i, WordTraits.Past));
    }

    private void AddFormFeatures()
    {
        var utterances = _dialogue.Utterances;
        Add(i => Math.Log(1 + utterances[i].Text.Length));
        Add(i => Math.Min(Most + 1, Names(utterances[i].Text.Span)));
        Add(i => i > 0 && utterances[i].Date == utterances[i - 1].Date && EndsInQuestion(i - 1) ? 1 : 0);
        // The last two stand open: nobody has answered them yet.
        Add(i => EndsInQuestion(i) && i < utterances.Count - 2 ? -1 : 0);
        Add(i => i < utterances.Count - 2 ? -QuestionShare(utterances[i].Text.Span) : 0);
    }

    private double Rarest(ReadOnlySpan<int> words)
    {
        Span<double> best = stackalloc double[RarestWords];
        Span<int> holders = stackalloc int[RarestWords];
        best.Clear();
        holders.Fill(-1);
        foreach (var word in words)
        {
            var rarity = _words.Rarity(word, _ends.Length);
            if (rarity <= best[^1] || holders.Contains(word))
                continue;
            var at = RarestWords - 1;
            for (; at > 0 && best[at - 1] < rarity; at--)
                (best[at], holders[at]) = (best[at - 1], holders[at - 1]);
            (best[at], holders[at]) = (rarity, word);
        }

        var sum = 0.0;
        foreach (var rarity in best)
            sum += rarity;
        return sum;
    }

    private int CountOf(int i, WordTraits trait)
    {
        var count = 0;
        foreach (var word in WordsOf(i))
            count += (_words.TraitsOf(word) & trait) != WordTraits.None ? 1 : 0;
        return count;
    }

    private double ShareOf(int i, WordTraits trait) => CountOf(i, trait) / Math.Sqrt(Math.Max(1, WordsOf(i).Length));

    // Capitals where no sentence begins, the speakers' own names aside.
    private int Names(ReadOnlySpan<char> text)
    {
        var names = 0;
        var known = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        var end = 0;
        var words = WordSplitter.Split(text);
        while (words.MoveNext())
        {
            var word = words.Current;
            // Pairs of characters overlap.
            var isFirst = end == 0 || end > words.Start || text[end..words.Start].ContainsAny(".!?:\"“”…\n");
            if (!isFirst && word.Length > 1 && char.IsUpper(word[0]) && !known.Contains(word)
                && !StopWords.Contains(word, _dialogue.Language))
                names++;
            end = words.Start + words.Length;
        }

        return names;
    }

    private bool EndsInQuestion(int i) => _dialogue.Utterances[i].Text.Span.TrimEnd() is [.., '?' or '？' or '؟'];

    private static double QuestionShare(ReadOnlySpan<char> text)
    {
        var ends = 0;
        var questions = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var isQuestion = text[i] is '?' or '？' or '؟';
            if (!isQuestion && text[i] is not ('.' or '!' or '。' or '！') && i + 1 < text.Length)
                continue;
            ends++;
            questions += isQuestion ? 1 : 0;
        }

        return questions / (double)Math.Max(1, ends);
    }

    private void Add(Func<int, double> feature)
    {
        var sum = 0.0;
        var squares = 0.0;
        for (var i = 0; i < _values.Length; i++)
        {
            _values[i] = (float)feature(i);
            sum += _values[i];
            squares += (double)_values[i] * _values[i];
        }

        var (mean, deviation) = Moments(sum, squares);
        for (var i = 0; i < _values.Length; i++)
            _sums[i] += (float)((_values[i] - mean) / deviation);
    }

    private double[] Likelihoods()
    {
        var (_, deviation) = Moments(_sums.Sum(value => (double)value), _sums.Sum(value => (double)value * value));
        var likelihoods = new double[_sums.Length];
        for (var i = 0; i < likelihoods.Length; i++)
        {
            var z = _sums[i] / deviation;
            likelihoods[i] = 1 / (1 + Math.Exp(Bias - (Slope * z)));
        }

        return likelihoods;
    }

    private (double Mean, double Deviation) Moments(double sum, double squares)
    {
        var mean = sum / _values.Length;
        var variance = (squares / _values.Length) - (mean * mean);
        return (mean, variance > 1e-9 ? Math.Sqrt(variance) : 1);
    }
}
