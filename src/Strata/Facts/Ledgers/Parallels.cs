namespace Strata.Facts.Ledgers;

/// <summary>
/// Tells statements of one build about two things: "bake the bread at 220", "bake the cookies at 180". A new value alone is an update; a
/// new value and another thing in the same places are two rules.
/// </summary>
internal static class Parallels
{
    private const int LongestCompared = 40;

    /// <summary>Whether the words differ in two places or more, always by putting others in, one of them no value.</summary>
    public static bool Are(IReadOnlyList<Word> older, IReadOnlyList<Word> newer)
    {
        if (older.Count > LongestCompared || newer.Count > LongestCompared)
            return false;
        var common = CommonLengths(older, newer);
        var (places, things, shares) = (0, 0, false);
        for (int i = 0, j = 0; i < older.Count || j < newer.Count;)
        {
            if (i < older.Count && j < newer.Count && older[i].Key == newer[j].Key)
            {
                shares |= older[i].Sort == WordSort.Content || older[i].Type == "word";   // a German noun
                i++;
                j++;
                continue;
            }

            var (fromOld, fromNew) = (i, j);
            while ((i < older.Count || j < newer.Count) && !(i < older.Count && j < newer.Count && older[i].Key == newer[j].Key))
            {
                if (j >= newer.Count || (i < older.Count && common[i + 1, j] >= common[i, j + 1]))
                    i++;
                else
                    j++;
            }

            if (i == fromOld || j == fromNew)
                return false;
            places++;
            if (IsThing(older, fromOld, i) && IsThing(newer, fromNew, j))
                things++;
        }

        return shares && places > 1 && things > 0;
    }

    private static bool IsThing(IReadOnlyList<Word> words, int from, int to)
    {
        var says = false;
        for (var i = from; i < to; i++)
        {
            says |= words[i].Sort is WordSort.Content or WordSort.Value;
            if (words[i].Sort == WordSort.Copula || words[i] is { Sort: WordSort.Value, Type: not ("word" or "name") })
                return false;
        }

        return says;
    }

    // How many words the ends from i and j on have in common, in order.
    private static int[,] CommonLengths(IReadOnlyList<Word> older, IReadOnlyList<Word> newer)
    {
        var lengths = new int[older.Count + 1, newer.Count + 1];
        for (var i = older.Count - 1; i >= 0; i--)
        {
            for (var j = newer.Count - 1; j >= 0; j--)
                lengths[i, j] = older[i].Key == newer[j].Key ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        return lengths;
    }
}
