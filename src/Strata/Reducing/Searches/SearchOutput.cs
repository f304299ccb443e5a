using Strata.Reducing.Lines;

namespace Strata.Reducing.Searches;

/// <summary>
/// The output of a search, taken apart: <c>path:12:text</c>, <c>path-12-text</c> around it, <c>12:text</c>, or a path with its lines below.
/// </summary>
internal sealed class SearchOutput
{
    private const int LongestPath = 300;
    private const int FewestHits = 8;

    // What a tool says beside its hits, such as that there are more.
    private const int MostRemarks = 5;

    private readonly Dictionary<string, int> _indexes = new(StringComparer.Ordinal);
    private readonly bool _numberless;
    private int _current = -1;

    private SearchOutput(TextLines lines, bool numberless)
    {
        Lines = lines;
        _numberless = numberless;
    }

    public TextLines Lines { get; }

    /// <summary>Empty where the search was in one file that is not named.</summary>
    public List<string> Files { get; } = [];

    public List<SearchLine> Hits { get; } = [];

    public List<int> Remarks { get; } = [];

    /// <param name="lines">The output.</param>
    /// <param name="isSearch">Whether the call is known to search; then hits may come without line numbers or without a path.</param>
    /// <returns>Null when it is no such output.</returns>
    public static SearchOutput? Parse(TextLines lines, bool isSearch)
    {
        foreach (var numberless in isSearch ? (ReadOnlySpan<bool>)[false, true] : [false])
        {
            var output = new SearchOutput(lines, numberless);
            if (output.Read() && (isSearch || output.Files.Count > 0))
                return output;
        }

        return null;
    }

    private bool Read()
    {
        for (var i = 0; i < Lines.Count; i++)
        {
            var line = Lines[i];
            if (line.IsEmpty || line is "--")
                continue;
            if (IsTimed(line) || (!ReadPathHit(i, line) && !ReadNumberHit(i, line) && !ReadHeading(i, line)))
                Remarks.Add(i);
            if (Remarks.Count > MostRemarks)
                return false;
        }

        return Hits.Count(hit => !hit.IsContext) >= FewestHits || Hits.Count >= 2 * FewestHits;
    }

    // "2026-03-01…" and "10:15:30 …" begin with a number and a sign too; "10:15:30:…" is a hit in a log.
    private static bool IsTimed(ReadOnlySpan<char> line) =>
        (line.Length >= 10 && line[4] == '-' && line[7] == '-' && AreDigits(line[..4]) && AreDigits(line[5..7]) && AreDigits(line[8..10]))
        || (line.Length >= 8 && line[2] == ':' && line[5] == ':' && AreDigits(line[..2]) && AreDigits(line[3..5]) && AreDigits(line[6..8])
            && (line.Length == 8 || line[8] != ':'));

    private static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private bool ReadPathHit(int at, ReadOnlySpan<char> line)
    {
        var head = line[..Math.Min(line.Length, LongestPath)];
        for (var i = 2; i < head.Length; i++)
        {
            var sign = head[i];
            if (sign is not (':' or '-') || !LooksLikePath(head[..i], sign))
                continue;
            var end = i + 1;
            while (end < head.Length && char.IsAsciiDigit(head[end]))
                end++;
            var isNumbered = end > i + 1 && end - i < 10 && end < head.Length && head[end] == sign;
            if (isNumbered)
                Add(at, head[..i], int.Parse(head[(i + 1)..end], System.Globalization.CultureInfo.InvariantCulture), end + 1, sign == '-');
            else if (_numberless && sign == ':')
                Add(at, head[..i], 0, i + 1, isContext: false);
            if (isNumbered || (_numberless && sign == ':'))
                return true;
            if (sign == ':')
                return false;
        }

        return false;
    }

    // A path before a dash may hold dashes itself, so there it has to end like a file.
    private bool LooksLikePath(ReadOnlySpan<char> path, char sign)
    {
        if (path.ContainsAny(' ', '\t', '"') || path.ContainsAny('(', '=', ';'))
            return false;
        var name = path[(path.LastIndexOfAny('/', '\\') + 1)..];
        if (sign == ':')
            return name.Contains('.') || (name.Length is > 0 && name.Length < path.Length);
        var dot = name.LastIndexOf('.');
        return (dot >= 0 && name.Length - dot is > 1 and < 12) || (_current >= 0 && path.SequenceEqual(Files[_current]));
    }

    private bool ReadNumberHit(int at, ReadOnlySpan<char> line)
    {
        var end = 0;
        while (end < line.Length && end < 10 && char.IsAsciiDigit(line[end]))
            end++;
        if (end is 0 or 10 || end == line.Length || line[end] is not (':' or '-'))
            return false;
        Hits.Add(new SearchLine(
            at, Math.Max(_current, 0), int.Parse(line[..end], System.Globalization.CultureInfo.InvariantCulture), end + 1,
            line[end] == '-'));
        return true;
    }

    private bool ReadHeading(int at, ReadOnlySpan<char> line)
    {
        if (line.Length > LongestPath || at + 1 >= Lines.Count || Lines[at + 1] is not [>= '0' and <= '9', ..] || !LooksLikePath(line, ':'))
            return false;
        _current = IndexOf(line);
        return true;
    }

    private void Add(int at, ReadOnlySpan<char> path, int number, int textStart, bool isContext)
    {
        if (_current < 0 || !IsSame(path, Files[_current]))
            _current = IndexOf(path);
        Hits.Add(new SearchLine(at, _current, number, textStart, isContext));
    }

    // Some tools print the path of a hit from where they ran and that of its context in full.
    private static bool IsSame(ReadOnlySpan<char> path, ReadOnlySpan<char> known)
    {
        if (path.Length > known.Length)
            return path.EndsWith(known) && path[path.Length - known.Length - 1] is '/' or '\\';
        return known.EndsWith(path) && (path.Length == known.Length || known[known.Length - path.Length - 1] is '/' or '\\');
    }

    private int IndexOf(ReadOnlySpan<char> path)
    {
        var indexes = _indexes.GetAlternateLookup<ReadOnlySpan<char>>();
        if (indexes.TryGetValue(path, out var index))
            return index;
        indexes[path] = Files.Count;
        Files.Add(path.ToString());
        return Files.Count - 1;
    }
}
