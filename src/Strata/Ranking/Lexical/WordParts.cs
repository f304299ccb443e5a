namespace Strata.Ranking.Lexical;

/// <summary>
/// The parts of a word: boundary-layer, snake_case, camelCase; what stands behind an apostrophe is an ending. Numbers stay whole.
/// </summary>
internal ref struct WordParts(ReadOnlySpan<char> word)
{
    private ReadOnlySpan<char> _rest = word;

    public ReadOnlySpan<char> Current { get; private set; }

    public readonly WordParts GetEnumerator() => this;

    public bool MoveNext()
    {
        _rest = _rest.TrimStart("-_'’");
        if (_rest.IsEmpty)
            return false;
        var end = 1;
        while (end < _rest.Length && !Parts(_rest[end - 1], _rest[end]))
            end++;
        Current = _rest[..end];
        _rest = end < _rest.Length && _rest[end] is '\'' or '’' ? [] : _rest[end..];
        return true;
    }

    private static bool Parts(char before, char c) => c is '-' or '_' or '\'' or '’' || (char.IsUpper(c) && char.IsLower(before));
}
