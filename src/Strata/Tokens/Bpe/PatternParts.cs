using System.Runtime.CompilerServices;
using System.Text;
using static Strata.Tokens.Bpe.CharacterClass;

namespace Strata.Tokens.Bpe;

/// <summary>The alternatives that the patterns share.</summary>
internal static unsafe class PatternParts
{
    /// <summary><c>(?i:'s|'t|'re|'ve|'m|'ll|'d)?</c> at <paramref name="i"/>: its end, or <paramref name="i"/>.</summary>
    public static int Contraction(byte* text, int i, int end)
    {
        if (i + 1 >= end || text[i] != '\'')
            return i;
        int next = text[i + 1] | 0x20;
        int afterNext = i + 2 < end ? text[i + 2] : 0;
        return next switch
        {
            's' or 't' or 'm' or 'd' => i + 2,
            'r' or 'v' when (afterNext | 0x20) == 'e' => i + 3,
            'l' when (afterNext | 0x20) == 'l' => i + 3,
            // The long s (U+017F) equals s where case does not count.
            _ when text[i + 1] == 0xC5 && afterNext == 0xBF => i + 3,
            _ => i,
        };
    }

    /// <summary><c>\p{N}{1,3}</c>.</summary>
    public static int Number(byte* text, int i, int end)
    {
        for (int digits = 0; digits < 3 && i < end; digits++)
        {
            if (UnicodeTable.ClassAt(text + i, out int length) != CharacterClass.Number)
                break;
            i += length;
        }

        return i;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>.</summary>
    public static int Whitespace(byte* text, int i, int end)
    {
        int afterNewline = 0, last = i, at = i;
        while (at < end)
        {
            byte kind = UnicodeTable.ClassAt(text + at, out int length);
            if (kind is not (Space or Newline))
                break;
            last = at;
            at += length;
            if (kind == Newline)
                afterNewline = at;
        }

        if (afterNewline > 0)
            return afterNewline;
        return at == end || last == i ? at : last;
    }

    /// <summary>The end of the run of <c>[^\s\p{L}\p{N}]</c>.</summary>
    public static int Symbols(byte* text, int i, int end)
    {
        while (i < end && UnicodeTable.ClassAt(text + i, out int length) is Other or Mark)
            i += length;
        return i;
    }

    /// <summary>
    /// Whether every pattern ends a piece between the code point at <paramref name="before"/> and the one at <paramref name="after"/>,
    /// whatever surrounds them, so that the text may be counted in two parts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AlwaysSplitsBetween(byte* before, byte* after) =>
        AlwaysSplits(UnicodeTable.ClassAt(before, out _), UnicodeTable.ClassAt(after, out _), *after == '\'');

    /// <inheritdoc cref="AlwaysSplitsBetween(byte*, byte*)"/>
    public static bool AlwaysSplitsBetween(Rune before, Rune after) =>
        AlwaysSplits(UnicodeTable.ClassOf(before.Value), UnicodeTable.ClassOf(after.Value), after.Value == '\'');

    private static bool AlwaysSplits(byte before, byte after, bool isApostrophe) => before switch
    {
        Upper or Lower or Letter => after is CharacterClass.Number or Space or Newline || (after == Other && !isApostrophe),
        CharacterClass.Number => after != CharacterClass.Number,
        _ => false,
    };
}
