using System.Collections.Frozen;
using Strata.Text;

namespace Strata.Facts.Names;

/// <summary>The plain words that stand beside a name, place by place: what a name is about, in the session's own words.</summary>
internal sealed class ContextWords(IdentifierTable identifiers)
{
    // Words farther away belong to the next statement as often as to this one; they are taken where hardly any are nearer.
    private const int Reach = 60;
    private const int FarReach = 110;
    private const int Few = 3;
    private const int Pair = 2;
    private const int LongestName = 60;

    private const int ShortestWord = 3;
    private const int LongestWord = 24;
    private const int LongestPhrase = 4;
    private const int MostAtOnePlace = 16;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<(int Start, int End)> _names = [];
    private readonly List<int> _ofCode = [];

    public int Count => _words.Count;

    public string this[int word] => _words[word];

    /// <summary>The words around each place where the name stands, each once; places without any are left out.</summary>
    public IReadOnlyList<int[]> Around(int name) => Around(name, identifiers.SitesOf(name));

    private List<int[]> Around(int name, IEnumerable<(Source Source, int Offset)> sites)
    {
        var places = new List<int[]>(Sites.Length);
        var found = new List<int>();
        foreach (var (source, offset) in sites)
        {
            found.Clear();
            var end = offset + identifiers[name].Length;
            var text = source.Text.AsSpan();
            Beside(text, offset, end, Reach, found);
            if (found.Count < Few)
                Beside(text, offset, end, FarReach, found);
            if (found.Count < Pair)
                found.AddRange(_ofCode.Take(Pair - found.Count));
            if (found.Count > 0)
                places.Add([.. found]);
        }

        return places;
    }

    /// <summary>
    /// The two words that stood beside a path where it was spoken of, those of the path itself and of tools aside; null when there are not
    /// two. What a tool says of a file is that it was read or written; a word that stands in the file as well is about it, another may be
    /// about what was planned.
    /// </summary>
    public string? About(string path)
    {
        if (identifiers.NumberOf(path) is not { } number)
            return null;
        var best = Around(number, identifiers.SitesOf(number).Where(site => site.Source.Speaker != Speaker.Tool)).SelectMany(place => place)
            .Where(word => !path.Contains(_words[word], StringComparison.OrdinalIgnoreCase) && !identifiers.IsToolName(_words[word]))
            .Where(word => !OfCode.Contains(_words[word]))
            .GroupBy(word => word).OrderByDescending(word => identifiers.Holds(path, _words[word.Key]))
            .ThenByDescending(word => word.Count()).Take(2).Select(word => _words[word.Key]).ToList();
        return best.Count == 2 ? string.Join(' ', best) : null;
    }

    private void Beside(ReadOnlySpan<char> text, int start, int end, int reach, List<int> found)
    {
        FindNames(text, Math.Max(0, start - reach - LongestName), Math.Min(text.Length, end + reach + LongestName));
        _ofCode.Clear();
        Collect(text, Math.Max(0, start - reach), start, isBefore: true, found);
        Collect(text, end, Math.Min(text.Length, end + reach), isBefore: false, found);
    }

    // A part of a name is no word beside it: the "model" of ./model-selector.js.
    private void FindNames(ReadOnlySpan<char> text, int from, int to)
    {
        _names.Clear();
        var scanner = new IdentifierScanner(text[from..to]);
        while (scanner.MoveNext())
            _names.Add((from + scanner.Start, from + scanner.Start + scanner.Length));
    }

    private bool IsInName(int place)
    {
        foreach (var (start, end) in _names)
        {
            if (place >= start && place < end)
                return true;
        }

        return false;
    }

    private void Collect(ReadOnlySpan<char> text, int from, int to, bool isBefore, List<int> found)
    {
        // Half a word at the edge is not a word.
        while (from > 0 && from < to && IsPart(text[from - 1]))
            from++;
        while (from < to && found.Count < MostAtOnePlace)
        {
            if (!IsPart(text[from]))
            {
                from++;
                continue;
            }

            var start = from;
            while (from < text.Length && IsPart(text[from]))
                from++;
            if (from > to)
                return;
            if (IsUnspaced(text[start]))
                Add(isBefore ? text[Math.Max(start, from - LongestPhrase)..from] : text[start..Math.Min(from, start + LongestPhrase)],
                    found);
            else if (IsPlain(text[start..from]) && !IsInName(start))
                Add(text[start..from], found);
        }
    }

    private void Add(ReadOnlySpan<char> word, List<int> found)
    {
        Span<char> lower = stackalloc char[LongestWord];
        lower = lower[..word.ToLowerInvariant(lower)];
        if (StopWords.Contains(lower))
            return;
        var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(lower, out var number))
        {
            number = _words.Count;
            var text = lower.ToString();
            _words.Add(text);
            _numbers[text] = number;
        }

        var into = OfCode.Contains(lower) ? _ofCode : found;
        if (!into.Contains(number))
            into.Add(number);
    }

    // Chinese and Japanese write no blanks: the last signs before a name and the first behind it stand for a word.
    private static bool IsUnspaced(char c) => c is >= '\u2e80' and < '\uac00';

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c == '_';

    // camelCase, snake_case and what holds digits are names themselves.
    private static bool IsPlain(ReadOnlySpan<char> word)
    {
        if (word.Length is < ShortestWord or > LongestWord)
            return false;
        for (var i = 0; i < word.Length; i++)
        {
            if (!char.IsLetter(word[i]) || (i > 0 && char.IsUpper(word[i]) && char.IsLower(word[i - 1])))
                return false;
        }

        return true;
    }

    // Words of programming languages stand beside every name and say little about one; they are taken where nothing else stands there.
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> OfCode = (
        "func return string err error nil null none const var import type struct int bool true false public private static class new def "
            + "self async await function export default " +
        "package case break else elif elseif switch continue end then fmt len map range interface byte bytes float double char long args "
        + "kwargs print println printf strings use used using " +
        "object value values key keys name file line lines text data path code add set get run old let see two").Split(' ')
        .ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
}
