namespace Strata.Ranking.Lexical;

/// <summary>Scores documents for one query.</summary>
internal readonly struct LexicalScorer(TermVectors vectors, LexicalParameters parameters, CancellationToken cancellationToken)
{
    /// <summary>A score for each document of the index; 0 for those that were not asked for.</summary>
    public float[] Score(List<int> query, int[] asked)
    {
        var all = asked.Length == vectors.Count ? asked : [.. Enumerable.Range(0, vectors.Count)];
        var words = Words(query, all);
        if (parameters.Rounds == 0 || !words.Any(score => score > 0))
            return words;
        var scores = Learn(words, words, all, asked);
        var first = scores;
        for (var round = 0; round < parameters.Rounds; round++)
            scores = Learn(scores, first, asked, asked);
        return scores;
    }

    private float[] Words(List<int> query, int[] all)
    {
        var weights = new float[vectors.Rarity.Length];
        foreach (var term in query)
            weights[term]++;
        var scores = new float[vectors.Count];
        foreach (var document in all)
            scores[document] = vectors.Dot(document, weights) * vectors.Lengths[document];
        if (parameters.Proximity > 0)
            new Neighbours(vectors, query).AddTo(scores, parameters.Proximity);
        cancellationToken.ThrowIfCancellationRequested();
        return scores;
    }

    // Rocchio: the best documents, the better the more, less the mean of all. What is common among all speaks for none.
    private float[] Learn(float[] scores, float[] known, int[] from, int[] to)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var best = Best(scores, from);
        var sum = best.Sum(document => scores[document]);
        var query = new float[vectors.Mean.Length];
        for (var i = 0; i < query.Length; i++)
            query[i] = -vectors.Mean[i];
        foreach (var document in best)
        {
            var share = scores[document] / sum;
            var terms = vectors.TermsOf(document);
            var weights = vectors.WeightsOf(document);
            for (var i = 0; i < terms.Length; i++)
                query[terms[i]] += share * weights[i];
        }

        var like = new float[vectors.Count];
        foreach (var document in to)
            like[document] = vectors.Dot(document, query);
        return Mix(known, like, to);
    }

    private float[] Mix(float[] known, float[] like, int[] documents)
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
            var score = (mostKnown > 0 ? (1 - parameters.FeedbackShare) * known[document] / mostKnown : 0)
                + (mostLike > 0 ? parameters.FeedbackShare * like[document] / mostLike : 0);
            mixed[document] = Math.Max(0, score);
        }

        return mixed;
    }

    private List<int> Best(float[] scores, int[] documents)
    {
        var best = new PriorityQueue<int, (float Score, int Order)>(parameters.Feedback + 1);
        foreach (var document in documents)
        {
            if (scores[document] <= 0 || (best.Count == parameters.Feedback && best.TryPeek(out _, out var least) && scores[document] <= least.Score))
                continue;
            best.Enqueue(document, (scores[document], -document));
            if (best.Count > parameters.Feedback)
                best.Dequeue();
        }

        return [.. best.UnorderedItems.Select(item => item.Element)];
    }
}
