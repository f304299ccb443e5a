namespace Strata.Text;

/// <summary>Follows fenced code from line to line. A fence that is never closed reaches to the end, as in CommonMark.</summary>
internal struct CodeFence
{
    private char _mark;
    private int _length;

    /// <summary>Whether the line, blanks off, is in a fence or is the fence itself.</summary>
    public bool Holds(ReadOnlySpan<char> line)
    {
        var length = line[0] is '`' or '~' ? Run(line) : 0;
        if (_length > 0)
        {
            if (length >= _length && line[0] == _mark && length == line.Length)
                _length = 0;
            return true;
        }

        // ```inline``` is no fence.
        if (length < 3 || (line[0] == '`' && line[length..].Contains('`')))
            return false;
        (_mark, _length) = (line[0], length);
        return true;
    }

    private static int Run(ReadOnlySpan<char> line)
    {
        var end = line.IndexOfAnyExcept(line[0]);
        return end < 0 ? line.Length : end;
    }
}
