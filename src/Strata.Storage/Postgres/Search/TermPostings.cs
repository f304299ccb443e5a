namespace Strata.Storage.Postgres.Search;

/// <summary>Which blocks hold which of the words that are looked for, as far as codes tell.</summary>
/// <param name="codes">The words' codes.</param>
internal sealed class TermPostings(int[] codes)
{
    private readonly Dictionary<int, HashSet<long>> _holders = codes.ToDictionary(code => code, _ => new HashSet<long>());
    private readonly HashSet<long> _blocks = [];

    public void Add(int part, List<(long Block, int[] Codes)> blocks)
    {
        var wanted = part == TermRun.Whole ? codes : Array.FindAll(codes, code => TermRun.PartOf(code) == part);
        foreach (var (block, held) in blocks)
        {
            _blocks.Add(block);
            foreach (var code in wanted)
            {
                if (Array.BinarySearch(held, code) >= 0)
                    _holders[code].Add(block);
            }
        }
    }

    /// <summary>Those that stand anywhere: a word that few blocks hold says more than one that most do.</summary>
    public Dictionary<string, double> Weigh(IEnumerable<string> terms, TermHash hash) => terms
        .Select(term => (Term: term, _holders[hash.Of(term)].Count))
        .Where(term => term.Count > 0)
        .ToDictionary(term => term.Term, term => Math.Log(1 + (_blocks.Count / (1.0 + term.Count))), StringComparer.Ordinal);

    /// <summary>Blocks by what the best original in them could have, the newest first among equals.</summary>
    /// <param name="weights">What a word is worth.</param>
    /// <param name="hash">Makes codes of words.</param>
    /// <param name="among">Null: all.</param>
    public List<(long Number, double Score)> Score(Dictionary<string, double> weights, TermHash hash, IReadOnlySet<long>? among)
    {
        var scores = new Dictionary<long, double>();
        foreach (var (term, weight) in weights)
        {
            foreach (var block in _holders[hash.Of(term)])
            {
                if (among?.Contains(block) != false)
                    scores[block] = scores.GetValueOrDefault(block) + weight;
            }
        }

        return [.. scores.OrderByDescending(block => block.Value).ThenByDescending(block => block.Key)
            .Select(block => (block.Key, block.Value))];
    }
}
