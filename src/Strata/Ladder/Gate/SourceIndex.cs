using Strata.Facts.Names;
using Strata.Text;

namespace Strata.Ladder.Gate;

/// <summary>The words and names of what was summarized.</summary>
internal sealed class SourceIndex
{
    // Looked for in the text itself, where the form differs from that of the source ("src/a.cs" of "/home/me/src/a.cs"); further ones are
    // not.
    private const int MostSearches = 64;

    private readonly IReadOnlyList<string> _texts;
    private readonly HashSet<ulong> _words = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private string[]? _digits;   // of all numbers, in order

    public SourceIndex(IReadOnlyList<string> texts)
    {
        _texts = texts;
        _lookup = _names.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts)
        {
            foreach (var word in WordSplitter.Split(text))
                _words.Add(WordKey.Of(word));
            var names = new IdentifierScanner(text);
            while (names.MoveNext())
                _lookup.Add(names.Current);
        }
    }

    public bool IsEmpty => _words.Count == 0;

    public IReadOnlyList<string> Texts => _texts;

    public bool Knows(ulong word) => _words.Contains(word);

    /// <summary>Whether a text names something that the source names.</summary>
    public bool KnowsANameIn(string text)
    {
        var names = new IdentifierScanner(text);
        while (names.MoveNext())
        {
            if (names.Kind is not IdentifierKind.Number && _lookup.Contains(names.Current))
                return true;
        }

        return false;
    }

    /// <summary>How many names and numbers of a text there are, each once, and how many of them the source does not have.</summary>
    public (int All, int Invented) CountNames(string text)
    {
        var (seen, invented, searches) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), 0, 0);
        var names = new IdentifierScanner(text);
        while (names.MoveNext())
        {
            if (names.Kind is not (IdentifierKind.Number or IdentifierKind.Quoted))
                Note(names.Current.ToString());
        }

        foreach (var number in NumberRuns.In(text))
            Note(number);
        return (seen.Count, invented);

        void Note(string name)
        {
            if (!seen.Add(name) || _lookup.Contains(name))
                return;
            if (++searches > MostSearches || !IsSomewhere(name))
                invented++;
        }
    }

    private bool IsSomewhere(string name) =>
        _texts.Any(text => text.Contains(name, StringComparison.OrdinalIgnoreCase))
            || (NumberRuns.Bare(name) is { } digits && BeginsANumber(digits));

    // 12,345 and 12.345 are 12345, and 0.8374 may be told as 0.837.
    private bool BeginsANumber(string digits)
    {
        _digits ??=
            [.. _texts.SelectMany(NumberRuns.In).Select(number => NumberRuns.Bare(number)!).Distinct().Order(StringComparer.Ordinal)];
        var place = Array.BinarySearch(_digits, digits, StringComparer.Ordinal);
        return place >= 0 || (~place < _digits.Length && _digits[~place].StartsWith(digits, StringComparison.Ordinal));
    }
}
