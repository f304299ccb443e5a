namespace Strata.Ranking.Lexical;

/// <summary>Scores documents for one query: by its words, and by how much they are like those that have the words.</summary>
internal readonly struct LexicalScorer(TermVectors vectors, LexicalParameters parameters, CancellationToken cancellationToken)
{
    /// <summary>A score for each document of the index; 0 for those that were not asked for.</summary>
    public float[] Score(List<int> query, int[] asked)
    {
        var all = asked.Length == vectors.Count ? asked : [.. Enumerable.Range(0, vectors.Count)];
        var words = Words(query, all);
        if (parameters.Feedback == 0 || !words.Any(score => score > 0))
            return words;
        var first = Learn(words, words, all, asked, parameters.FirstShare);
        var scores = first;
        for (var round = 0; round < parameters.PoolRounds && asked.Length <= parameters.LargestPool; round++)
            scores = Learn(scores, first, asked, asked, parameters.PoolShare);
        return scores;
    }

    private float[] Words(List<int> query, int[] all)
    {
        var weights = new float[vectors.Rarity.Length];
        foreach (var term in query)
            weights[term]++;
        var scores = new float[vectors.Count];
        foreach (var document in all)
            scores[document] = vectors.Dot(document, weights) * vectors.Divisors[document];
        cancellationToken.ThrowIfCancellationRequested();
        if (parameters.Proximity > 0)
            new Neighbours(vectors, query).AddTo(scores, parameters.Proximity);
        return scores;
    }

    // Rocchio: the best documents, the better the more, less the mean of those they are chosen from. What is common to all of them speaks
    // for none.
    private float[] Learn(float[] scores, float[] known, int[] from, int[] to, float share)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var best = Best(scores, from);
        if (best.Count == 0)
            return known;
        var sum = best.Sum(document => scores[document]);
        var query = from.Length == vectors.Count ? Array.ConvertAll(vectors.Mean, weight => -weight) : new float[vectors.Mean.Length];
        foreach (var document in from.Length == vectors.Count ? [] : from)
            Add(query, document, -1f / from.Length);
        foreach (var document in best)
            Add(query, document, scores[document] / sum);

        var like = new float[vectors.Count];
        foreach (var document in to)
            like[document] = vectors.Dot(document, query);
        return Mix(known, like, to, share);
    }

    private void Add(float[] query, int document, float share)
    {
        var terms = vectors.TermsOf(document);
        var weights = vectors.WeightsOf(document);
        for (var i = 0; i < terms.Length; i++)
            query[terms[i]] += share * weights[i];
    }

    private float[] Mix(float[] known, float[] like, int[] documents, float share)
    {
        var (mostKnown, mostLike) = (0f, 0f);
        foreach (var document in documents)
        {
            mostKnown = Math.Max(mostKnown, known[document]);
            mostLike = Math.Max(mostLike, like[document]);
        }

        var mixed = new float[vectors.Count];
        foreach (var document in documents)
        {
            var words = mostKnown > 0 ? known[document] / mostKnown : 0;
            var others = mostLike > 0 ? like[document] / mostLike : 0;
            mixed[document] = Math.Max(0, (1 - share) * words + share * others);
        }

        return mixed;
    }

    private List<int> Best(float[] scores, int[] documents)
    {
        var best = new PriorityQueue<int, (float Score, int Order)>(parameters.Feedback + 1);
        foreach (var document in documents)
        {
            if (scores[document] <= 0
                || (best.Count == parameters.Feedback && best.TryPeek(out _, out var least) && scores[document] <= least.Score))
                continue;
            best.Enqueue(document, (scores[document], -document));
            if (best.Count > parameters.Feedback)
                best.Dequeue();
        }

        return [.. best.UnorderedItems.Select(item => item.Element)];
    }
}
