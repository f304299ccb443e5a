using Strata.Reducing.Lines;

namespace Strata.Reducing.Code;

/// <summary>
/// Ranks the lines of code: signatures first, then constants and open ends, errors with their words, then fields and the first words of
/// comments. What stands deeper than a signature is its body and left out.
/// </summary>
/// <remarks>Blocks are told by their indent, which every formatter of every language sets.</remarks>
internal sealed class CodeOutline
{
    private const byte Signature = 1;
    private const byte Fact = 2;
    private const byte Failure = 3;
    private const byte Detail = RankedLines.Lowest;

    private const int LongestSignature = 12;

    private readonly TextLines _lines;
    private readonly RankedLines _ranked;
    private readonly SourceLanguage _language;
    private readonly CommentReader _comments;
    private readonly Stack<Block> _blocks = new();
    private int _attributes = -1;
    private int _open;
    private int _signatureLines;
    private bool _messageFollows;
    private bool _importsOpen;
    private bool _found;

    public CodeOutline(TextLines lines, RankedLines ranked, SourceLanguage language)
    {
        _lines = lines;
        _ranked = ranked;
        _language = language;
        _comments = new CommentReader(language);
    }

    /// <summary>False when nothing is defined here.</summary>
    public bool Rank()
    {
        for (var i = 0; i < _lines.Count; i++)
        {
            var line = SourceLines.WithoutNumber(_lines[i]);
            var trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed.Length > SourceLines.LongestLine)
            {
                _open = 0;
                continue;
            }

            if (_comments.IsComment(trimmed, i))
            {
                if (CodeCues.IsOpenEnd(trimmed))
                    _ranked.Keep(i, Fact);
                else if (_comments.DocStringAt == i && _found)
                    _ranked.Keep(i, Detail);
                continue;
            }

            Read(i, trimmed, SourceLines.Indent(line));
            if (_attributes != i)
                _comments.Forget();
        }

        return _found;
    }

    private void Read(int i, ReadOnlySpan<char> line, int indent)
    {
        if (_open > 0)
        {
            Continue(i, line);
            return;
        }

        if (!_language.HashComments && CodeCues.IsDirective(line))
        {
            if (CodeCues.IsImport(line))
                _ranked.IsImport(i);
            else
                ReadAnywhere(i, line);
            return;
        }

        if (IsClosing(line))
        {
            _importsOpen &= line[0] != ')';
            return;
        }

        while (_blocks.TryPeek(out var block) && block.Indent >= indent)
            _blocks.Pop();
        if (_importsOpen || (CodeCues.IsImport(line) && !_blocks.TryPeek(out _)))
        {
            _importsOpen = _importsOpen ? !line.Contains(')') : line.EndsWith("(", StringComparison.Ordinal);
            _ranked.IsImport(i);
            return;
        }

        ReadAnywhere(i, line);
        if (_language.Sql)
            ReadSql(i, line, indent);
        else if (MayDefine(indent))
            ReadMember(i, line, indent);
        else if (CodeCues.IsTestName(line))
            _ranked.Keep(i, Failure);
    }

    private void ReadAnywhere(int i, ReadOnlySpan<char> line)
    {
        if (CodeCues.IsOpenEnd(line) || CodeCues.IsConstant(line))
            _ranked.Keep(i, Fact);
        if (_messageFollows || CodeCues.IsError(line))
            _ranked.Keep(i, Failure);
        _messageFollows =
            line[^1] is '(' && (line.StartsWith("throw ", StringComparison.Ordinal) || line.StartsWith("raise ", StringComparison.Ordinal));
        if (_messageFollows)
            _ranked.Keep(i, Failure);
    }

    // Members stand at one column: what stands deeper goes on with the member above.
    private bool MayDefine(int indent)
    {
        if (!_blocks.TryPop(out var block))
            return true;
        if (block.Members == 0)
            block = block with { Members = indent };
        _blocks.Push(block);
        return block.HoldsMembers && block.Members == indent;
    }

    private void ReadMember(int i, ReadOnlySpan<char> line, int indent)
    {
        var inType = _blocks.TryPeek(out _);
        if (line[0] == '@' || (line[0] is '[' or '#' && line[^1] == ']'))
        {
            _attributes = i;
            _ranked.Keep(i, Detail);
            return;
        }

        if (CodeCues.IsType(line))
        {
            Define(i, line, new Block(indent, HoldsMembers: true));
        }
        else if (inType ? IsMethod(line) : indent == 0 ? CodeCues.IsFunction(line) : CodeCues.IsKeywordFunction(line))
        {
            Define(i, line, new Block(indent, HoldsMembers: false));
        }
        else if (inType)
        {
            if (!CodeCues.IsStatement(line) || CodeCues.IsAssignment(line))
                _ranked.Keep(i, Detail);
            _blocks.Push(new Block(indent, HoldsMembers: false));
        }
        else if (indent == 0)
        {
            if (CodeCues.IsAssignment(line))
                _ranked.Keep(i, Fact);
            else if (CodeCues.IsTestName(line))
                _ranked.Keep(i, Signature);
            // A line that is whole opens nothing: what stands deeper below it may well be a definition.
            if (line[^1] is '{' or '(' or '[' or ':' or ',' or '=' or '|' or '\\' || line.EndsWith("=>", StringComparison.Ordinal)
                || line.EndsWith("then", StringComparison.Ordinal) || line.EndsWith("do", StringComparison.Ordinal))
                _blocks.Push(new Block(indent, HoldsMembers: false));
        }
    }

    private static bool IsMethod(ReadOnlySpan<char> line)
    {
        if (CodeCues.IsKeywordFunction(line))
            return true;
        var open = line.IndexOf('(');
        var equals = line.IndexOf('=');
        return open > 0 && (equals < 0 || equals > open) && !CodeCues.IsStatement(line);
    }

    private void ReadSql(int i, ReadOnlySpan<char> line, int indent)
    {
        if (CodeCues.IsSqlDefinition(line))
            Define(i, line, new Block(indent, HoldsMembers: CodeCues.IsSqlTable(line)));
        else if (_blocks.TryPeek(out var block) && block.HoldsMembers)
            _ranked.Keep(i, Detail);
    }

    private void Define(int i, ReadOnlySpan<char> line, Block block)
    {
        _found = true;
        _ranked.Keep(i, Signature);
        if (_comments.FirstWordsAt is { } comment)
            _ranked.Keep(comment, Detail);
        _blocks.Push(block);
        _signatureLines = 0;
        // The group of a table or of constants is no list of parameters.
        if (!(block.HoldsMembers && line[^1] == '('))
            Balance(line);
    }

    private void Continue(int i, ReadOnlySpan<char> line)
    {
        _ranked.Keep(i, Signature);
        Balance(line);
        if (++_signatureLines >= LongestSignature)
            _open = 0;
    }

    private void Balance(ReadOnlySpan<char> line) => _open = Math.Max(0, _open + line.Count('(') - line.Count(')'));

    private static bool IsClosing(ReadOnlySpan<char> line)
    {
        foreach (var c in line)
        {
            if (c is not ('}' or ')' or ']' or '{' or ';' or ','))
                return line is "end" or "public:" or "private:" or "protected:";
        }

        return true;
    }

    /// <summary>What opened at a column; Members is the column of what stands in it, 0 before the first.</summary>
    private readonly record struct Block(int Indent, bool HoldsMembers, int Members = 0);
}
