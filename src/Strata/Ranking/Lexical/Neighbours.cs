namespace Strata.Ranking.Lexical;

/// <summary>Finds the words that are neighbours in the query where they are close in a document.</summary>
internal readonly struct Neighbours
{
    // In words that carry matter.
    private const int Window = 8;

    private readonly TermVectors _vectors;
    private readonly int[] _words;
    private readonly byte[] _slots;

    public Neighbours(TermVectors vectors, List<int> query)
    {
        _vectors = vectors;
        // A query of more words is a text, and its neighbours are chance.
        _words = [.. query.Distinct().Take(byte.MaxValue - 1)];
        _slots = new byte[vectors.Rarity.Length];
        for (var i = 0; i < _words.Length; i++)
            _slots[_words[i]] = (byte)(i + 1);
    }

    /// <summary>
    /// Adds to the scores above 0 a share of the rarer word's weight for each pair, the more the closer and the oftener they meet.
    /// </summary>
    public void AddTo(float[] scores, float share)
    {
        if (_words.Length < 2)
            return;
        var last = new int[_words.Length];
        var meetings = new float[_words.Length - 1];
        for (var document = 0; document < scores.Length; document++)
        {
            if (scores[document] > 0)
                scores[document] += share * Bonus(document, last, meetings);
        }
    }

    private float Bonus(int document, int[] last, float[] meetings)
    {
        Array.Fill(last, -Window - 1);
        Array.Clear(meetings);
        var sequence = _vectors.SequenceOf(document);
        for (var at = 0; at < sequence.Length; at++)
        {
            var slot = _slots[sequence[at]] - 1;
            if (slot < 0)
                continue;
            if (slot > 0 && at - last[slot - 1] <= Window)
                meetings[slot - 1] += 1f / (at - last[slot - 1]);
            if (slot < meetings.Length && at - last[slot + 1] <= Window)
                meetings[slot] += 1f / (at - last[slot + 1]);
            last[slot] = at;
        }

        var bonus = 0f;
        for (var i = 0; i < meetings.Length; i++)
        {
            if (meetings[i] > 0)
                bonus += Math.Min(_vectors.Rarity[_words[i]], _vectors.Rarity[_words[i + 1]]) * meetings[i] / (meetings[i] + 1.2f);
        }

        return bonus;
    }
}
