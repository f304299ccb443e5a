namespace Strata.Facts.Names;

/// <summary>
/// What prose marks as code or cites: text between back-ticks or double quotes, as <c>git rm</c> or <c>hooks.go:12-40</c> in "I ran `git
/// rm`". Whoever marks it means exactly these letters.
/// </summary>
internal ref struct QuotedCode(ReadOnlySpan<char> text)
{
    private const int Shortest = 6;
    private const int Longest = 80;

    private readonly ReadOnlySpan<char> _text = text;
    private int _next;

    public int Start { get; private set; }

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Current => _text.Slice(Start, Length);

    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            var open = _text[_next..].IndexOfAny('`', '"');
            if (open < 0)
                return false;
            var start = _next + open + 1;
            var mark = _text[start - 1];
            var length = _text.Slice(start, Math.Min(Longest + 1, _text.Length - start)).IndexOfAny(mark, '\n');
            _next = start;
            if (length < 0 || _text[start + length] == '\n')
                continue;
            _next = start + length + 1;
            var quoted = _text.Slice(start, length).Trim();
            if (quoted.Length is < Shortest or > Longest || !SaysMoreThanAName(quoted))
                continue;
            Start = start + (length - _text.Slice(start, length).TrimStart().Length);
            Length = quoted.Length;
            return true;
        }

        return false;
    }

    // A name alone is found without its marks; what breaks the line would stand at the margin of a summary.
    private static bool SaysMoreThanAName(ReadOnlySpan<char> quoted)
    {
        bool hasLetter = false, hasMore = false;
        foreach (var c in quoted)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                return false;
            hasLetter |= char.IsLetter(c);
            hasMore |= !char.IsLetter(c) && c != '_';
        }

        return hasLetter && hasMore;
    }
}
