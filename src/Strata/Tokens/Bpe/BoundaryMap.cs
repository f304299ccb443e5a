using System.Numerics;
using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>
/// Finds where the pieces of a window begin, 64 bytes at a time: in ASCII the alternatives of both patterns come down to a few
/// operations on bit masks.
/// </summary>
/// <remarks>
/// What the masks cannot decide (contractions, code points beyond ASCII, a slash after a line break) is marked; a piece that touches
/// a mark, or the byte after it is one, is cut by the exact pattern, which goes on until it meets a boundary of the map again.
/// </remarks>
internal sealed unsafe class BoundaryMap(SplitRules rules)
{
    // The bytes that lead white space beyond ASCII: U+0085, U+00A0; U+1680; U+2000 to U+205F; U+3000.
    private const byte Lead2 = 0xC2;
    private const byte Lead3First = 0xE1;
    private const byte Lead3Last = 0xE3;

    private ulong[] _words = [];
    private ulong* _starts;
    private ulong* _marks;
    private bool _exactOnly;

    /// <summary>Has to be called each time the window has changed.</summary>
    /// <param name="text">The window; <see cref="Utf8Window.Padding"/> bytes follow it, none of them ASCII.</param>
    /// <param name="length">The bytes of the window without what follows it.</param>
    [SkipLocalsInit]
    public void Build(byte* text, int length)
    {
        int blocks = length / BlockMasks.Size + 1;
        if (_words.Length < 2 * blocks)
            _words = GC.AllocateUninitializedArray<ulong>(2 * blocks, pinned: true);
        _starts = (ulong*)Unsafe.AsPointer(ref _words[0]);
        _marks = _starts + blocks;
        _exactOnly = false;

        ulong caseMask = rules.CaseEndsWord ? ulong.MaxValue : 0, slashMask = rules.SlashAfterLineBreak ? ulong.MaxValue : 0;
        ulong anyContraction = rules.ContractionsEndWord ? 0 : ulong.MaxValue;
        // The highest bit (for digits: bits) of each mask of the block before.
        ulong letterBefore = 0, lowerBefore = 0, digitsBefore = 0, newlineBefore = 0, blankBefore = 0, spaceBefore = 0;
        ulong symbolBefore = 0, leaderBefore = 0, threeBefore = 0;
        for (int block = 0; block < blocks; block++)
        {
            byte* at = text + block * BlockMasks.Size;
            // The last block may lie partly beyond the padding's promise; what is there is masked by the exact pattern at the end.
            BlockMasks.Read(at, out BlockMasks m);
            ulong symbols = m.Symbols, whitespace = m.Blanks | m.Newlines;
            byte following = block + 1 < blocks ? at[BlockMasks.Size] : (byte)0xFF;
            ulong followedByWhitespace = whitespace >> 1 | (following is (byte)' ' or >= 9 and <= 13 ? 1UL << 63 : 0);
            ulong followedByLetterOrMore = (m.Letters | m.NotAscii) >> 1 | (following >= 0x41 ? 1UL << 63 : 0);

            ulong afterLetter = m.Letters << 1 | letterBefore, afterLower = m.Lower << 1 | lowerBefore;
            ulong afterNewline = m.Newlines << 1 | newlineBefore, afterBlank = m.Blanks << 1 | blankBefore;
            ulong afterSpace = m.Spaces << 1 | spaceBefore, afterSymbol = symbols << 1 | symbolBefore;

            // A symbol leads the word after it when it stands alone and no space takes it.
            ulong leaders = symbols & ~afterSymbol & ~afterSpace;
            ulong afterLeader = leaders << 1 | leaderBefore;

            ulong starts = m.Letters & ~afterLetter & ~afterBlank & ~afterLeader;
            starts |= m.Letters & ~m.Lower & afterLower & caseMask;
            starts |= symbols & ~afterSymbol & ~afterSpace;
            starts |= m.Blanks & ~(afterBlank | afterNewline) | m.Newlines & ~(afterBlank | afterNewline | afterSymbol);
            starts |= m.Blanks & (afterNewline | ~followedByWhitespace);

            ulong d1 = m.Digits << 1 | digitsBefore >> 63, d2 = m.Digits << 2 | digitsBefore >> 62, d3 = m.Digits << 3 | digitsBefore >> 61;
            ulong digitStarts = m.Digits & ~d1, fourthDigit = m.Digits & d1 & d2 & d3;
            ulong three = digitStarts | (threeBefore & fourthDigit), allThree = 0;
            while (three != 0)
            {
                allThree |= three;
                three = three << 3 & fourthDigit;
            }

            starts |= allThree;
            ulong marks = m.NotAscii
                | (m.Apostrophes & followedByLetterOrMore & (afterLetter | anyContraction))
                | (m.Slashes & afterNewline & slashMask);
            _starts[block] = starts;
            _marks[block] = marks;

            if ((m.Newlines & afterBlank) != 0)
                JoinBlankLines(text, block * BlockMasks.Size, m.Newlines & afterBlank);
            ulong mayContinue = m.NotAscii & ~(m.NotAscii << 1) & afterBlank;
            if (mayContinue != 0)
                CheckWhitespace(text, block * BlockMasks.Size, mayContinue, length);

            letterBefore = m.Letters >> 63;
            lowerBefore = m.Lower >> 63;
            digitsBefore = m.Digits;
            newlineBefore = m.Newlines >> 63;
            blankBefore = m.Blanks >> 63;
            spaceBefore = m.Spaces >> 63;
            symbolBefore = symbols >> 63;
            leaderBefore = leaders >> 63;
            threeBefore = allThree >> 61;
        }
    }

    /// <summary>Writes the ends of the next pieces.</summary>
    /// <param name="text">The window.</param>
    /// <param name="start">Where a piece starts.</param>
    /// <param name="end">Where a piece ends.</param>
    /// <param name="ends">Has room for 64 more than <paramref name="capacity"/>.</param>
    /// <param name="capacity">How many are wanted.</param>
    /// <returns>How many were written: less than <paramref name="capacity"/> only when the end was reached.</returns>
    public int Split(byte* text, int start, int end, int* ends, int capacity)
    {
        int count = 0;
        while (start < end && count < capacity)
        {
            // Whole words without a mark, from a start that the map knows.
            int word = start >> 6;
            ulong after = ulong.MaxValue << start << 1;
            ulong pending = _marks[word] >> start;
            if (pending == 0 && !_exactOnly && (_starts[word] >> start & 1) != 0)
            {
                int lastWord = end >> 6;
                ulong bits = _starts[word] & after;
                while (true)
                {
                    while (bits != 0)
                    {
                        ends[count++] = start = word << 6 | BitOperations.TrailingZeroCount(bits);
                        bits &= bits - 1;
                    }

                    word++;
                    if (word >= lastWord || _marks[word] != 0 || count >= capacity)
                        break;
                    bits = _starts[word];
                }

                if (count > 0 && start >= end)
                {
                    while (count > 1 && ends[count - 2] >= end)
                        count--;
                    return count;
                }

                if (count >= capacity)
                    return count;
            }

            ends[count++] = start = NextAcrossMarks(text, start, end);
        }

        return count;
    }

    /// <summary>
    /// The end of one piece near marks: from the map when neither it nor the byte after it is marked, else by the pattern.
    /// </summary>
    private int NextAcrossMarks(byte* text, int start, int end)
    {
        int word = start >> 6;
        if (!_exactOnly && (_starts[word] >> start & 1) != 0)
        {
            ulong bits = _starts[word] & ulong.MaxValue << start << 1, marks = _marks[word] & ulong.MaxValue << start;
            int lastWord = end >> 6;
            while (bits == 0 && marks == 0 && word < lastWord)
            {
                word++;
                bits = _starts[word];
                marks = _marks[word];
            }

            // A boundary before the first mark.
            int boundary = word << 6 | BitOperations.TrailingZeroCount(bits);
            if (bits != 0 && BitOperations.TrailingZeroCount(bits) < BitOperations.TrailingZeroCount(marks) && boundary <= end)
                return boundary;
        }

        return rules.Next(text, start, end);
    }

    /// <summary>Blanks between line breaks do not end the piece, unless its line breaks belong to a symbol.</summary>
    private void JoinBlankLines(byte* text, int offset, ulong newlinesAfterBlank)
    {
        for (; newlinesAfterBlank != 0; newlinesAfterBlank &= newlinesAfterBlank - 1)
        {
            byte* blank = text + offset + BitOperations.TrailingZeroCount(newlinesAfterBlank);
            while (blank > text && blank[-1] is (byte)' ' or (byte)'\t' or 11 or 12)
                blank--;
            byte* before = blank;
            while (before > text && before[-1] is (byte)'\r' or (byte)'\n')
                before--;
            // Code points beyond ASCII have marks, with which the exact pattern decides.
            if (before < blank
                && (before == text || before[-1] is (byte)' ' or >= 9 and <= 13 or >= 0x80 || char.IsAsciiLetterOrDigit((char)before[-1])))
            {
                int start = (int)(blank - text);
                _starts[start >> 6] &= ~(1UL << start);
            }
        }
    }

    /// <summary>White space beyond ASCII, and the end of the text, go on with a run of blanks that the masks took for finished.</summary>
    private void CheckWhitespace(byte* text, int offset, ulong afterBlank, int length)
    {
        for (; afterBlank != 0; afterBlank &= afterBlank - 1)
        {
            int at = offset + BitOperations.TrailingZeroCount(afterBlank);
            if (at < 2 || text[at - 2] is not ((byte)' ' or >= 9 and <= 13))
                continue;
            if (at >= length && text[at - 2] is not ((byte)'\r' or (byte)'\n'))
                _starts[(at - 1) >> 6] &= ~(1UL << (at - 1));
            else if (at < length && text[at] is Lead2 or (>= Lead3First and <= Lead3Last))
                _exactOnly = true;
        }
    }
}
