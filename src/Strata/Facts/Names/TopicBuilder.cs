namespace Strata.Facts.Names;

/// <summary>
/// Parts names into topics: two words that stood beside many of them, at one and the same place, are written once for all. A name keeps its
/// meaning for a fraction of what quoting its line costs.
/// </summary>
internal sealed class TopicBuilder
{
    // Beyond this the words are out of sight of the last name.
    private const int LongestTopic = 100;

    private const int AlikeLetters = 4;

    private readonly ContextWords _words;
    private readonly IReadOnlyDictionary<int, IReadOnlyList<int[]>> _around;
    private readonly Func<int, string> _shown;
    private readonly Dictionary<int, int[]> _wordsOf;
    private readonly double[] _weights;

    // By word, all 0 between two uses.
    private readonly int[] _covers;
    private readonly int[] _beside;

    public TopicBuilder(ContextWords words, IReadOnlyDictionary<int, IReadOnlyList<int[]>> around, Func<int, string> shown)
    {
        (_words, _around, _shown) = (words, around, shown);
        _covers = new int[words.Count];
        _beside = new int[words.Count];
        _weights = new double[words.Count];
        _wordsOf = around.ToDictionary(name => name.Key, name => name.Value.SelectMany(place => place).Distinct().ToArray());
        foreach (var word in _wordsOf.Values.SelectMany(held => held))
            _weights[word]++;
        // Rare beside others.
        for (var word = 0; word < _weights.Length; word++)
            _weights[word] = Math.Sqrt(Math.Log(1 + (around.Count / _weights[word])));
    }

    /// <summary>Topics of some names, which are in the order of their places.</summary>
    public List<Topic> Build(IEnumerable<int> names)
    {
        var all = names.ToArray();
        var isTaken = new bool[all.Length];
        var left = all.Length;
        var topics = new List<Topic>();
        var holders = HoldersIn(all);
        // What a word covers only shrinks, so one that is still worth what it was put in with is the best.
        var queue = new PriorityQueue<int, (double, int)>(holders.Keys.Select(word => (word, Priority(word))));
        while (left > 0 && queue.TryDequeue(out var first, out var priority))
        {
            if (_covers[first] == 0)
                continue;
            if (Priority(first) != priority)
            {
                queue.Enqueue(first, Priority(first));
                continue;
            }

            holders[first].RemoveAll(place => isTaken[place]);
            var second = Second(all, holders[first], first);
            var taken = Take(all, holders[first], first, second);
            foreach (var place in taken)
            {
                isTaken[place] = true;
                foreach (var word in _wordsOf[all[place]])
                    _covers[word]--;
            }

            left -= taken.Count;
            queue.Enqueue(first, Priority(first));
            topics.Add(new Topic(second < 0 ? _words[first] : $"{_words[first]} {_words[second]}", [.. taken.Select(place => all[place])]));
        }

        if (left > 0)
            topics.Add(new Topic("", [.. all.Where((_, place) => !isTaken[place])]));
        return topics;
    }

    // The places of the names beside which each word stood.
    private Dictionary<int, List<int>> HoldersIn(int[] names)
    {
        var holders = new Dictionary<int, List<int>>();
        for (var place = 0; place < names.Length; place++)
        {
            foreach (var word in _wordsOf[names[place]])
            {
                if (_covers[word]++ == 0)
                    holders[word] = [];
                holders[word].Add(place);
            }
        }

        return holders;
    }

    // Best first, of equals the first seen.
    private (double, int) Priority(int word) => (-(_covers[word] * _weights[word]), word);

    // The best of the words that stood at one place with the first; -1 when there is none.
    private int Second(int[] names, List<int> places, int first)
    {
        var found = new List<int>();
        var ofName = new HashSet<int>();
        foreach (var place in places)
        {
            ofName.Clear();
            foreach (var word in _around[names[place]].Where(words => Array.IndexOf(words, first) >= 0).SelectMany(words => words))
            {
                if (word != first && ofName.Add(word) && _beside[word]++ == 0)
                    found.Add(word);
            }
        }

        var best = -1;
        var most = 0.0;
        foreach (var word in found)
        {
            var gain = _beside[word] * _weights[word];
            _beside[word] = 0;
            if ((gain > most || (gain == most && word < best)) && !AreAlike(_words[word], _words[first]))
                (best, most) = (word, gain);
        }

        return best;
    }

    private List<int> Take(int[] names, List<int> places, int first, int second)
    {
        var taken = new List<int>();
        var length = _words[first].Length + (second < 0 ? 0 : _words[second].Length) + 3;
        foreach (var place in places)
        {
            if (second >= 0 && !_around[names[place]].Any(words => Array.IndexOf(words, first) >= 0 && Array.IndexOf(words, second) >= 0))
                continue;
            length += _shown(names[place]).Length + 2;
            if (taken.Count > 0 && length > LongestTopic)
                break;
            taken.Add(place);
        }

        return taken;
    }

    private static bool AreAlike(string one, string other) =>
        one.AsSpan(0, Math.Min(AlikeLetters, one.Length)).SequenceEqual(other.AsSpan(0, Math.Min(AlikeLetters, other.Length)));
}
