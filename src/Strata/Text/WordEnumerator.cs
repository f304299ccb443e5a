using System.Runtime.CompilerServices;

namespace Strata.Text;

/// <summary>The words of a text, in order. See <see cref="WordSplitter"/>.</summary>
internal ref struct WordEnumerator(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _next;
    private WordClass _run;   // of the pairs being given out; a gap when none are

    /// <summary>Where the current word starts, in UTF-16 chars.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    public WordClass Class { get; private set; }

    public readonly ReadOnlySpan<char> Current => _text.Slice(Start, Length);

    public readonly WordEnumerator GetEnumerator() => this;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            var found = WordClasses.At(_text, _next, out var length);
            switch (found)
            {
                case WordClass.Letter:
                    if (Word(_next + length))
                        return true;
                    break;
                case WordClass.Cjk or WordClass.SoutheastAsian:
                    if (Pair(found))
                        return true;
                    break;
                case WordClass.Emoji:
                    return Found(_next, WordClasses.EmojiEnd(_text, _next), WordClass.Emoji);
                default:
                    _run = WordClass.Gap;
                    _next += length;
                    break;
            }
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Word(int end)
    {
        var start = _next;
        while (end < _text.Length)
        {
            var found = WordClasses.At(_text, end, out var length);
            if (found == WordClass.Letter || (found is WordClass.Joiner or WordClass.NumberJoiner && Joins(found, start, end, length)))
                end += length;
            else
                break;
        }

        if (_text[start] == '_' && _text[start..end].IndexOfAnyExcept('_', '-') < 0)
        {
            _next = end;
            return false;
        }

        return Found(start, end, WordClass.Letter);
    }

    private readonly bool Joins(WordClass joiner, int start, int at, int length)
    {
        if (at + length >= _text.Length || WordClasses.At(_text, at + length, out _) != WordClass.Letter)
            return false;
        if (joiner == WordClass.NumberJoiner)
            return char.IsDigit(_text[at - 1]) && char.IsDigit(_text[at + length]);
        return _text[at] is not ('\'' or '’') || !IsElided(_text[start..at]);
    }

    // l'homme, qu'il, dell'anno: two words; don't, o'clock, Ankara'da: one.
    private static bool IsElided(ReadOnlySpan<char> before) => before switch
    {
        [var c] => c is 'l' or 'L' or 'd' or 'D' or 'j' or 'J' or 'c' or 'C' or 'n' or 'N' or 's' or 'S' or 'm' or 'M' or 't' or 'T',
        [.., 'q' or 'Q', 'u' or 'U'] => true,
        "dell" or "all" or "nell" or "sull" or "dall" or "un" => true,
        _ => false,
    };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Pair(WordClass unit)
    {
        var start = _next;
        var middle = WordClasses.UnitEnd(_text, start, unit);
        var continues = _run == unit;
        _next = middle;
        if (middle < _text.Length && WordClasses.At(_text, middle, out _) == unit)
        {
            (Start, Length, Class, _run) = (start, WordClasses.UnitEnd(_text, middle, unit) - start, unit, unit);
            return true;
        }

        // The last character of a run was the second of the pair before.
        _run = WordClass.Gap;
        return !continues && Found(start, middle, unit);
    }

    private bool Found(int start, int end, WordClass found)
    {
        (Start, Length, Class, _run, _next) = (start, end - start, found, WordClass.Gap, end);
        return true;
    }
}
