using System.Runtime.InteropServices;

namespace Strata.Ranking.Lexical;

/// <summary>Counts terms, and weighs them when all documents are known.</summary>
internal sealed class TermVectorsBuilder(LexicalParameters parameters)
{
    private readonly List<int> _starts = [0];
    private readonly List<int> _terms = [];
    private readonly List<float> _counts = [];
    private readonly List<int> _sequenceStarts = [0];
    private readonly List<int> _sequence = [];
    private int[] _places = new int[1_024];

    public void Add(List<int> terms, int titleTerms)
    {
        var start = _terms.Count;
        for (var i = 0; i < terms.Count; i++)
        {
            var term = terms[i];
            if (term >= _places.Length)
                Array.Resize(ref _places, Math.Max(term + 1, 2 * _places.Length));
            // A place from an earlier document lies before this one's start.
            var place = _places[term];
            if (place < start || place >= _terms.Count || _terms[place] != term)
            {
                _places[term] = place = _terms.Count;
                _terms.Add(term);
                _counts.Add(0);
            }

            _counts[place] += i < titleTerms ? 1 + parameters.TitleWords : 1;
        }

        _starts.Add(_terms.Count);
        _sequence.AddRange(CollectionsMarshal.AsSpan(terms));
        _sequenceStarts.Add(_sequence.Count);
    }

    public TermVectors Build(int termCount)
    {
        var (starts, terms) = (_starts.ToArray(), _terms.ToArray());
        var count = starts.Length - 1;
        var rarity = Rarity(terms, termCount, count);
        var weights = _counts.ToArray();
        var divisors = new float[count];
        var mean = new float[termCount];
        var usual = Math.Max(1f, _sequence.Count / (float)Math.Max(1, count));
        for (var document = 0; document < count; document++)
        {
            var (from, to) = (starts[document], starts[document + 1]);
            var size = (_sequenceStarts[document + 1] - _sequenceStarts[document]) / usual;
            var half = parameters.Saturation * (1 - parameters.LengthShare + parameters.LengthShare * size);
            var squares = 0f;
            for (var i = from; i < to; i++)
            {
                weights[i] = weights[i] / (weights[i] + half) * rarity[terms[i]];
                squares += weights[i] * weights[i];
            }

            // Halfway between the cosine, which favours the short, and the plain product, which favours the long.
            divisors[document] = squares > 0 ? MathF.Sqrt(MathF.Sqrt(squares)) : 1;
            for (var i = from; i < to; i++)
            {
                weights[i] /= divisors[document];
                mean[terms[i]] += weights[i] / count;
            }
        }

        return new TermVectors(starts, terms, weights, divisors, rarity, mean, [.. _sequenceStarts], [.. _sequence]);
    }

    private static float[] Rarity(int[] terms, int termCount, int count)
    {
        var rarity = new float[termCount];
        foreach (var term in terms)
            rarity[term]++;
        for (var term = 0; term < termCount; term++)
            rarity[term] = MathF.Log(1 + (count - rarity[term] + .5f) / (rarity[term] + .5f));
        return rarity;
    }
}
