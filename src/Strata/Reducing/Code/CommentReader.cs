namespace Strata.Reducing.Code;

/// <summary>Tells comments from code, line by line, and remembers where the comment before a definition begins to say something.</summary>
internal sealed class CommentReader(SourceLanguage language)
{
    private string? _closing;
    private int? _first;

    /// <summary>The first line with words of the comment that has just ended; null when there is none.</summary>
    public int? FirstWordsAt => _first;

    /// <summary>The line at which a docstring begins; -1 when the line before was none.</summary>
    public int DocStringAt { get; private set; } = -1;

    public void Forget() => _first = null;

    public bool IsComment(ReadOnlySpan<char> line, int at)
    {
        if (_closing is not null)
        {
            Note(line, at);
            if (line.Contains(_closing, StringComparison.Ordinal))
                _closing = null;
            return true;
        }

        if (line.StartsWith("/*", StringComparison.Ordinal) || line.StartsWith("<!--", StringComparison.Ordinal))
            return Open(line, at, line[0] == '/' ? "*/" : "-->", 2);
        if (language.HashComments
            && (line.StartsWith("\"\"\"", StringComparison.Ordinal) || line.StartsWith("'''", StringComparison.Ordinal)))
        {
            DocStringAt = at;
            return Open(line, at, line[0] == '"' ? "\"\"\"" : "'''", 3);
        }

        if (!IsLineComment(line))
            return false;
        Note(line, at);
        return true;
    }

    private bool Open(ReadOnlySpan<char> line, int at, string closing, int opening)
    {
        Note(line, at);
        if (!line[Math.Min(opening, line.Length)..].Contains(closing, StringComparison.Ordinal))
            _closing = closing;
        return true;
    }

    private bool IsLineComment(ReadOnlySpan<char> line) =>
        language.Sql ? line.StartsWith("--", StringComparison.Ordinal)
        : line.StartsWith("//", StringComparison.Ordinal)
            || (line[0] == '#' && (language.HashComments || line.StartsWith("#!", StringComparison.Ordinal)));

    // A line of markup alone, or a ruler, has no words.
    private void Note(ReadOnlySpan<char> line, int at)
    {
        if (_first is not null)
            return;
        var words = line.Trim("/*#-! \"'<>=").ToString();
        if (words.Length > 8 || words.Contains(' ', StringComparison.Ordinal))
            _first = at;
    }
}
