namespace Strata.Summaries.Extractive.Names;

/// <summary>
/// Parts names into topics: two words that stood beside many of them, at one and the same place, are written once for all. A name keeps its
/// meaning for a fraction of what quoting its line costs.
/// </summary>
internal sealed class TopicBuilder(ContextWords words, IReadOnlyDictionary<int, IReadOnlyList<int[]>> around, Func<int, string> shown)
{
    // Beyond this the words are out of sight of the last name.
    private const int LongestTopic = 100;

    private const int AlikeLetters = 4;

    private readonly Dictionary<int, int> _frequency = FrequencyOf(around);

    /// <summary>Topics of some names, which are in the order of their places.</summary>
    public List<Topic> Build(IEnumerable<int> names)
    {
        var left = names.ToList();
        var topics = new List<Topic>();
        var covers = new Dictionary<int, int>();
        foreach (var word in left.SelectMany(WordsOf))
            covers[word] = covers.GetValueOrDefault(word) + 1;
        while (left.Count > 0)
        {
            var first = Best(covers);
            if (first < 0)
                break;
            var second = Best(Beside(left, first), first);
            var taken = Take(left, first, second);
            foreach (var word in taken.SelectMany(WordsOf))
                covers[word]--;
            left.RemoveAll(taken.Contains);
            topics.Add(new Topic(second < 0 ? words[first] : $"{words[first]} {words[second]}", taken));
        }

        if (left.Count > 0)
            topics.Add(new Topic("", left));
        return topics;
    }

    private IEnumerable<int> WordsOf(int name) => around[name].SelectMany(place => place).Distinct();

    private Dictionary<int, int> Beside(List<int> names, int first)
    {
        var covers = new Dictionary<int, int>();
        foreach (var name in names)
        {
            foreach (var word in around[name].Where(place => place.Contains(first)).SelectMany(place => place).Distinct())
                covers[word] = covers.GetValueOrDefault(word) + 1;
        }

        return covers;
    }

    // Frequent beside these, rare beside others.
    private int Best(Dictionary<int, int> covers, int first = -1)
    {
        var best = -1;
        var most = 0.0;
        foreach (var (word, count) in covers)
        {
            if (count == 0 || word == first || (first >= 0 && AreAlike(words[word], words[first])))
                continue;
            var gain = count * Math.Sqrt(Math.Log(1 + (around.Count / (double)_frequency[word])));
            if (gain > most || (gain == most && word < best))
                (best, most) = (word, gain);
        }

        return best;
    }

    private List<int> Take(List<int> names, int first, int second)
    {
        var taken = new List<int>();
        var length = words[first].Length + (second < 0 ? 0 : words[second].Length) + 3;
        foreach (var name in names)
        {
            if (!around[name].Any(place => place.Contains(first) && (second < 0 || place.Contains(second))))
                continue;
            length += shown(name).Length + 2;
            if (taken.Count > 0 && length > LongestTopic)
                break;
            taken.Add(name);
        }

        return taken;
    }

    private static bool AreAlike(string one, string other) => one.AsSpan(0, Math.Min(AlikeLetters, one.Length)).SequenceEqual(other.AsSpan(0, Math.Min(AlikeLetters, other.Length)));

    private static Dictionary<int, int> FrequencyOf(IReadOnlyDictionary<int, IReadOnlyList<int[]>> around)
    {
        var frequency = new Dictionary<int, int>();
        foreach (var places in around.Values)
        {
            foreach (var word in places.SelectMany(place => place).Distinct())
                frequency[word] = frequency.GetValueOrDefault(word) + 1;
        }

        return frequency;
    }
}
