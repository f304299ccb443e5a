using Strata.Ranking.Lexical;
using Strata.Text;

namespace Strata.Ranking;

/// <summary>
/// Documents read once, to be ranked for many queries. Immutable and thread-safe; holds about 20 bytes for each of their words.
/// </summary>
/// <remarks>
/// BM25 over stems, with a bonus for neighbours of the query that stand close; then rounds of feedback: the best documents, less what all
/// documents have in common, are a second query. docs/ranking.md has what each part adds.
/// </remarks>
public sealed class LexicalIndex
{
    // Documents whose language is asked for before most votes decide.
    private const int LanguageSample = 40;

    private readonly LexicalParameters _parameters;
    private readonly IReadOnlyList<RankableDocument> _documents;
    private readonly TermReader _reader;
    private readonly TermVectors _vectors;

    private LexicalIndex(IReadOnlyList<RankableDocument> documents, LexicalParameters parameters, CancellationToken cancellationToken)
    {
        (_documents, _parameters) = (documents, parameters);
        _reader = new TermReader(LanguageOf(documents), parameters.Stems);
        var builder = new TermVectorsBuilder(parameters);
        var terms = new List<int>();
        foreach (var document in documents)
        {
            cancellationToken.ThrowIfCancellationRequested();
            terms.Clear();
            var title = document.Title ?? "";
            _reader.Learn(title, terms);
            var titleTerms = terms.Count;
            // Abstracts often start with their title.
            _reader.Learn(
                document.Text.StartsWith(title, StringComparison.Ordinal) ? document.Text.AsSpan(title.Length) : document.Text, terms);
            builder.Add(terms, titleTerms);
        }

        _vectors = builder.Build(_reader.Count);
    }

    /// <summary>How many documents there are.</summary>
    public int Count => _documents.Count;

    /// <summary>Reads documents. They must not change while the index is used.</summary>
    public static LexicalIndex Create(IReadOnlyList<RankableDocument> documents, CancellationToken cancellationToken = default) =>
        Create(documents, LexicalParameters.Default, cancellationToken);

    internal static LexicalIndex Create(
        IReadOnlyList<RankableDocument> documents, LexicalParameters parameters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return new LexicalIndex(documents, parameters, cancellationToken);
    }

    /// <summary>The documents, the best first; those of one score in their order.</summary>
    /// <param name="query">A question or some words.</param>
    /// <param name="top">How many to return, 1 or more; null: all.</param>
    /// <param name="among">The documents to rank, by index, each once; null: all. The others still tell which words are rare and which go
    /// together.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1 or an index is none.</exception>
    public IReadOnlyList<RankedDocument> Rank(
        string query, int? top = null, IReadOnlyList<int>? among = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(top ?? 1, 1, nameof(top));
        int[] asked = among is null ? [.. Enumerable.Range(0, Count)] : [.. among];
        foreach (var index in asked)
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(among));

        var scores = new LexicalScorer(_vectors, _parameters, cancellationToken).Score(_reader.Find(query), asked);
        var order = asked.ToArray();
        Array.Sort(order, (a, b) => scores[b].CompareTo(scores[a]) is var by && by != 0 ? by : a.CompareTo(b));
        return [.. order.Take(top ?? Count).Select(index => new RankedDocument(index, _documents[index].Id, scores[index]))];
    }

    /// <summary>
    /// The sentences of a document, next to each other, that have most of the query; its beginning when they have nothing of it.
    /// </summary>
    /// <param name="query">What was ranked for.</param>
    /// <param name="document">By index.</param>
    /// <param name="maxChars">The most to return, in UTF-16 chars, 1 or more.</param>
    public string Passage(string query, int document, int maxChars)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)document, (uint)Count, nameof(document));
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, 1);
        var asked = _reader.Find(query).ToHashSet();
        return PassageFinder.Find(_documents[document].Text,
            part => _reader.Find(part).Distinct().Where(asked.Contains).Sum(term => _vectors.Rarity[term]), maxChars);
    }

    private static string LanguageOf(IReadOnlyList<RankableDocument> documents)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        // Spread over all, because what stands together is often of one origin.
        for (var i = 0; i < documents.Count; i += Math.Max(1, documents.Count / LanguageSample))
        {
            var language = Language.Of(documents[i].Text);
            if (language != Language.Unknown)
                votes[language] = votes.GetValueOrDefault(language) + 1;
        }

        return votes.Count == 0 ? Language.Unknown : votes.MaxBy(vote => vote.Value).Key;
    }
}
