using System.Runtime.CompilerServices;
using static Strata.Tokens.Bpe.CharacterClass;

namespace Strata.Tokens.Bpe;

/// <summary>The pattern of cl100k_base, as npm tiktoken 1.x has it.</summary>
/// <remarks>
/// <code>
/// (?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// </code>
/// </remarks>
internal static unsafe class Cl100kPattern
{
    /// <summary>Writes the ends of the next pieces.</summary>
    /// <returns>How many were written: less than <paramref name="capacity"/> only when the end was reached.</returns>
    public static int Split(byte* text, AsciiMarks marks, int start, int end, int* ends, int capacity)
    {
        int count = 0;
        while (start < end && count < capacity)
        {
            int pieceEnd = NextAscii(text, marks, start);
            ends[count++] = start = pieceEnd >= 0 ? pieceEnd : Next(text, start, end);
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextAscii(byte* text, AsciiMarks marks, int start)
    {
        if (text[start] == '\'')
            return AsciiPieces.Undecided;
        byte kind = AsciiPieces.KindOf(text[start]), next = AsciiPieces.KindOf(text[start + 1]);
        if (next == AsciiKinds.Letter && kind is AsciiKinds.Space or AsciiKinds.Symbol or AsciiKinds.Letter || kind == AsciiKinds.Letter)
        {
            int wordEnd = marks.LettersEnd(start + 1 + (next == AsciiKinds.Letter && kind != AsciiKinds.Letter ? 1 : 0));
            return text[wordEnd] >= 0x80 ? AsciiPieces.Undecided : wordEnd;
        }

        switch (kind)
        {
            case AsciiKinds.Digit:
                return AsciiPieces.Number(text, start);
            case AsciiKinds.NotAscii:
                return AsciiPieces.Undecided;
            case AsciiKinds.Symbol:
                break;
            default:
                if (text[start] == ' ' && next == AsciiKinds.Symbol)
                    break;
                return AsciiPieces.Whitespace(text, marks, start);
        }

        int end = marks.SymbolsEnd(start + 1);
        if (text[end] >= 0x80)
            return AsciiPieces.Undecided;
        while (text[end] is (byte)'\n' or (byte)'\r')
            end++;
        return end;
    }

    /// <summary>The end of the piece that starts at <paramref name="start"/>, by the letter of the pattern.</summary>
    public static int Next(byte* text, int start, int end)
    {
        int contraction = PatternParts.Contraction(text, start, end);
        if (contraction > start)
            return contraction;

        byte kind = UnicodeTable.ClassAt(text + start, out int length);
        int afterFirst = start + length;
        switch (kind)
        {
            case Upper or Lower or Letter:
                return Letters(text, afterFirst, end);
            case CharacterClass.Number:
                return PatternParts.Number(text, start, end);
            case Newline:
                return PatternParts.Whitespace(text, start, end);
        }

        int word = Letters(text, afterFirst, end);
        if (word > afterFirst)
            return word;

        int symbols = PatternParts.Symbols(text, text[start] == ' ' ? afterFirst : start, end);
        if (symbols > afterFirst || kind is Other or Mark)
            return TrailingLineBreaks(text, symbols, end);
        return PatternParts.Whitespace(text, start, end);
    }

    private static int Letters(byte* text, int i, int end)
    {
        while (i < end && UnicodeTable.ClassAt(text + i, out int length) is Upper or Lower or Letter)
            i += length;
        return i;
    }

    private static int TrailingLineBreaks(byte* text, int i, int end)
    {
        while (i < end && text[i] is (byte)'\r' or (byte)'\n')
            i++;
        return i;
    }
}
