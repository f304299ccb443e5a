using Strata.Text;

namespace Strata.Ranking.Lexical;

/// <summary>The sentences of a text that say most about a query, next to each other.</summary>
internal static class PassageFinder
{
    /// <param name="text">What to look in.</param>
    /// <param name="weigh">What the words of a part are worth.</param>
    /// <param name="maxChars">UTF-16 chars.</param>
    public static string Find(string text, Func<string, float> weigh, int maxChars)
    {
        var sentences = SentenceSplitter.Split(text);
        // Nothing but code.
        if (sentences.Count == 0)
            return Cut(text.Trim(), maxChars);
        var (best, from, to) = (-1f, 0, 0);
        for (var first = 0; first < sentences.Count; first++)
        {
            for (var last = first; last < sentences.Count && (last == first || Length(sentences[first], sentences[last]) <= maxChars);
                last++)
            {
                var weight = weigh(text[sentences[first].Start.Value..sentences[last].End.Value]);
                // Of those with the same words the shortest, so that the passage starts with them.
                if (weight > best
                    || (weight.Equals(best) && Length(sentences[first], sentences[last]) < Length(sentences[from], sentences[to])))
                    (best, from, to) = (weight, first, last);
            }
        }

        // What is room for after the words that were asked for explains them.
        while (to + 1 < sentences.Count && Length(sentences[from], sentences[to + 1]) <= maxChars)
            to++;
        return Cut(text[sentences[from].Start.Value..sentences[to].End.Value], maxChars);
    }

    private static int Length(Range first, Range last) => last.End.Value - first.Start.Value;

    private static string Cut(string text, int maxChars) => text.Length <= maxChars ? text : text[..TextCut.Head(text, maxChars)];
}
