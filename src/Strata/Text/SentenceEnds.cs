using System.Buffers;
using System.Runtime.CompilerServices;

namespace Strata.Text;

/// <summary>Where the sentences of one line end, closing quotes and brackets taken along; the end of the line is not among them.</summary>
internal ref struct SentenceEnds(ReadOnlySpan<char> line)
{
    // Marks that need no blank behind them: full width, Arabic, Indic, Burmese, Khmer, Tibetan, Ethiopic.
    private const string Hard = "。！？｡︒‼⁇⁈⁉؟۔।॥။។៕།።";

    private static readonly SearchValues<char> Marks = SearchValues.Create(Hard + ".!?…`");
    private static readonly SearchValues<char> MarksAndBlank = SearchValues.Create(Hard + ".!?…` ");

    private static readonly SearchValues<char> Closers = SearchValues.Create("\"')]”’»›」』）】》〉］*_\u200E\u200F");

    // Thai and Lao part phrases by blanks too; a shorter phrase goes on.
    private const int ShortestThai = 24;

    // How far a word before a full stop is looked for: minified code has thousands of dots and no blank.
    private const int LongestWord = 40;

    private readonly ReadOnlySpan<char> _line = line;
    private readonly bool _isThai = line.IndexOfAnyInRange('\u0E01', '\u0EDF') >= 0;
    private int _start;
    private int _next;
    private bool _noMoreCode;

    /// <summary>Where the next sentence starts, blanks before it included.</summary>
    public int Current { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MoveNext()
    {
        while (_next < _line.Length)
        {
            var skip = _line[_next..].IndexOfAny(_isThai ? MarksAndBlank : Marks);
            if (skip < 0)
                break;
            var at = _next + skip;
            if (_line[at] == '`')
            {
                _next = AfterCode(at);
                continue;
            }

            var end = _line[at] == ' ' ? at + 1 : EndOfMarks(at);
            _next = end;
            var ends = _line[at] switch
            {
                ' ' => IsThaiEnd(at),
                '.' or '!' or '?' or '…' => IsEnd(at, end),
                _ => !GoesOn(end),
            };
            if (!ends || _line[end..].IsWhiteSpace())
                continue;
            (Current, _start) = (end, end);
            return true;
        }

        return false;
    }

    private int AfterCode(int at)
    {
        while (at < _line.Length && _line[at] == '`')
            at++;
        var close = _noMoreCode ? -1 : _line[at..].IndexOf('`');
        _noMoreCode = close < 0;
        if (close < 0)
            return at;
        at += close;
        while (at < _line.Length && _line[at] == '`')
            at++;
        return at;
    }

    // "?!", "...", and the quotes, brackets, emphasis and direction marks that close with the sentence.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly int EndOfMarks(int at)
    {
        var isAscii = char.IsAscii(_line[at]);
        while (at < _line.Length && Marks.Contains(_line[at]) && _line[at] != '`')
            at++;
        while (at < _line.Length)
        {
            // „German.“ closes with what opens an English quote; « French. » has a blank inside.
            if (Closers.Contains(_line[at]) || (_line[at] == '“' && isAscii))
                at++;
            else if (char.IsWhiteSpace(_line[at]) && at + 1 < _line.Length && _line[at + 1] == '»'
                && (at + 2 == _line.Length || char.IsWhiteSpace(_line[at + 2])))
                at += 2;
            else
                break;
        }

        return at;
    }

    // A closed quote inside a sentence: 「終わった。」と, “好。”，
    private readonly bool GoesOn(int end)
    {
        if (end >= _line.Length || Marks.Contains(_line[end - 1]))
            return false;
        return _line[end] is '、' or '，' or ',' or '；' or '：' or 'と' or 'っ' or 'は' or 'が' or 'を' or 'に' or 'の' or 'で' or '的';
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly bool IsEnd(int at, int end)
    {
        if (end >= _line.Length)
            return false;
        if (!char.IsWhiteSpace(_line[end]))
            return EndsWithoutBlank(at, end);
        var next = end;
        while (next < _line.Length && (char.IsWhiteSpace(_line[next]) || _line[next] is '\u200E' or '\u200F'))
            next++;
        if (next >= _line.Length)
            return false;
        var word = next;
        while (word < _line.Length && _line[word] is '"' or '\'' or '“' or '„' or '«' or '‘' or '(' or '[' or '*' or '_' or '¿' or '¡')
            word++;
        if (word >= _line.Length || _line[next] is ',' or ';' or ':' or ')' or '=' or '|' or '+' or '&' or '?' or '%' or '}')
            return false;
        var startsLow = char.IsLower(_line[word]);
        if (_line[at..end].IndexOfAny('!', '?') >= 0)
        {
            // "Vraiment ? Oui" ends; "isAuto ? (x) : y" and "! warning" do not.
            return at == 0 || char.IsWhiteSpace(_line[at - 1])
                ? char.IsUpper(_line[next]) && !_line[_start..at].IsWhiteSpace()
                : !startsLow || Marks.Contains(_line[end - 1]);
        }

        if (_line[at] == '…' || end - at > 1)
            return !startsLow;
        if (at == 0 || char.IsWhiteSpace(_line[at - 1]))
            return char.IsUpper(_line[next]);
        return !Abbreviations.EndAt(_line[_start..at], _line[word..]);
    }

    // "done.Next", "修好了?请", "готово.Дальше"; but foo.Bar, v1.2, a!=b.
    private readonly bool EndsWithoutBlank(int at, int end)
    {
        if (at == 0 || _line[at] == '…' || _line[at..end].StartsWith(".."))
            return false;
        var (before, after) = (_line[at - 1], _line[end]);
        if (!char.IsLetter(after) || char.IsLower(after) || (!char.IsLetter(before) && before != ')'))
            return false;
        if (!char.IsAscii(after) && after >= '\u0250')
            return !char.IsAscii(before) || _line[at] is '!' or '?';
        if (_line[at] is '!' or '?')
            return char.IsLower(before);
        if (end > at + 1)
            return false;
        var nearby = _line[Math.Max(_start, at - LongestWord)..at];
        return Abbreviations.IsOpener(nearby[(nearby.LastIndexOf(' ') + 1)..], _line[end..]);
    }

    // Between two Thai words, where the phrase is long enough for a sentence; never at the repetition and abbreviation signs.
    private readonly bool IsThaiEnd(int at)
    {
        if (at == 0 || at + 1 >= _line.Length || !IsThai(_line[at - 1]) || !IsThai(_line[at + 1]))
            return false;
        if (_line[at - 1] is 'ๆ' or 'ฯ' || _line[at + 1] is 'ๆ' or 'ฯ')
            return false;
        var phrase = _line[_start..at];
        return at - _start >= ShortestThai || phrase.EndsWith("ครับ") || phrase.EndsWith("ค่ะ") || phrase.EndsWith("คะ")
            || phrase.EndsWith("แล้ว");
    }

    private static bool IsThai(char c) => c is >= '\u0E01' and <= '\u0EDF';
}
