using Strata.Text;

namespace Strata.Ladder.Gate;

/// <summary>How much a text says of what its source says.</summary>
internal static class Coherence
{
    /// <summary>
    /// Share of the text's words that the source has, times the share of its sentences that share a word with the source or a neighbour; 0
    /// for a text without words.
    /// </summary>
    public static double Of(string text, SourceIndex source)
    {
        var (words, known, sentences, tied) = (0, 0, 0, 0);
        var before = new HashSet<ulong>();
        var isTiedBefore = true;
        foreach (var range in SentenceSplitter.Split(text))
        {
            var here = new HashSet<ulong>();
            var isKnown = false;
            foreach (var word in WordSplitter.Split(text.AsSpan(range)))
            {
                if (StopWords.Contains(word))
                    continue;
                var key = WordKey.Of(word);
                words++;
                here.Add(key);
                if (!source.Knows(key))
                    continue;
                known++;
                isKnown = true;
            }

            if (here.Count == 0)
                continue;
            sentences++;
            var sharesWithBefore = here.Overlaps(before);
            var isTied = isKnown || sharesWithBefore;
            tied += (isTied ? 1 : 0) + (!isTiedBefore && sharesWithBefore ? 1 : 0);
            (before, isTiedBefore) = (here, isTied);
        }

        return words == 0 ? 0 : known / (double)words * (tied / (double)sentences);
    }

    /// <summary>Words that carry matter, and how many of them the source has.</summary>
    public static (int All, int Known) Words(string text, SourceIndex source)
    {
        var (all, known) = (0, 0);
        foreach (var word in WordSplitter.Split(text))
        {
            if (StopWords.Contains(word))
                continue;
            all++;
            known += source.Knows(WordKey.Of(word)) ? 1 : 0;
        }

        return (all, known);
    }
}
