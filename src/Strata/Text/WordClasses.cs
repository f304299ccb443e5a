using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Strata.Text;

/// <summary>Tells the <see cref="WordClass"/> of a code point and where what belongs to it ends.</summary>
internal static class WordClasses
{
    // 0 gap, 1 letter, 2 joiner, 3 number joiner
    private static ReadOnlySpan<byte> OfAscii =>
    [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 2, 3, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1,
        0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0,
    ];

    /// <summary>
    /// The class of the code point at <paramref name="index"/> and its length in UTF-16 chars. Half a surrogate pair is a gap.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static WordClass At(ReadOnlySpan<char> text, int index, out int length)
    {
        var c = text[index];
        length = 1;
        return c < 0x80 ? (WordClass)OfAscii[c] : Other(text[index..], out length);
    }

    /// <summary>
    /// Where the character at <paramref name="index"/> of a text without blanks between words ends, with all its marks and vowels.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int UnitEnd(ReadOnlySpan<char> text, int index, WordClass unit)
    {
        var end = index;
        if (unit == WordClass.SoutheastAsian)
        {
            while (end < text.Length && IsLeadingVowel(text[end]))
                end++;
        }

        if (end < text.Length && At(text, end, out var length) == unit)
            end += length;
        while (end < text.Length)
        {
            if (text[end] is '\u17D2' or '\u1039' && end + 1 < text.Length && At(text, end + 1, out var stacked) == unit)
                end += 1 + stacked;
            else if (Rune.DecodeFromUtf16(text[end..], out var rune, out length) == OperationStatus.Done
                && (IsMark(rune) || IsTrailing(text[end])))
                end += length;
            else
                break;
        }

        return end;
    }

    /// <summary>Where the pictograph at <paramref name="index"/> ends: flags, skin tones, keycaps and joined families are one.</summary>
    public static int EmojiEnd(ReadOnlySpan<char> text, int index)
    {
        _ = Rune.DecodeFromUtf16(text[index..], out var first, out var length);
        var end = index + length;
        if (IsRegional(first) && Rune.DecodeFromUtf16(text[end..], out var second, out length) == OperationStatus.Done
            && IsRegional(second))
            end += length;
        while (end < text.Length)
        {
            if (text[end] is '\uFE0F' or '\uFE0E' or '\u20E3')
                end++;
            else if (text[end] == '\u200D' && end + 1 < text.Length && At(text, end + 1, out length) == WordClass.Emoji)
                end += 1 + length;
            else if (Rune.DecodeFromUtf16(text[end..], out var rune, out length) == OperationStatus.Done
                && rune.Value is >= 0x1F3FB and <= 0x1F3FF or >= 0xE0020 and <= 0xE007F)
                end += length;
            else
                break;
        }

        return end;
    }

    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static WordClass Other(ReadOnlySpan<char> text, out int length)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out length) != OperationStatus.Done)
            return WordClass.Gap;
        var value = rune.Value;
        if (value is '’' or '‘' or '\u2010' or '\u2011' or '\u00AD' or '·' or '\u200C' or '\u200D' or '\u05F3' or '\u05F4'
            or >= 0xFE00 and <= 0xFE0F)
            return WordClass.Joiner;
        if (value is '\u066B' or '\u066C')
            return WordClass.NumberJoiner;
        if (value is >= 0x1F1E6 and <= 0x1FAFF or >= 0x2600 and <= 0x27BF or >= 0x2B05 and <= 0x2B55)
            return WordClass.Emoji;
        if (Rune.GetUnicodeCategory(rune) is not (<= UnicodeCategory.OtherNumber))
            return WordClass.Gap;
        if (IsCjk(value))
            return WordClass.Cjk;
        return IsSoutheastAsian(value) && !Rune.IsDigit(rune) ? WordClass.SoutheastAsian : WordClass.Letter;
    }

    private static bool IsSoutheastAsian(int value) =>
        value is >= 0x0E01 and <= 0x0EDF or >= 0x1000 and <= 0x109F or >= 0x1780 and <= 0x17DD;

    private static bool IsCjk(int value) => value is
        >= 0x3005 and <= 0x3007 or >= 0x3021 and <= 0x3029 or >= 0x3041 and <= 0x309F or >= 0x30A1 and <= 0x30FF or >= 0x3105 and <= 0x312F
            or
            >= 0x31F0 and <= 0x31FF or >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF
            or >= 0xFF66 and <= 0xFF9F or
            >= 0x20000 and <= 0x3FFFF;

    private static bool IsRegional(Rune rune) => rune.Value is >= 0x1F1E6 and <= 0x1F1FF;

    // Thai and Lao vowels that are written before the consonant they follow.
    private static bool IsLeadingVowel(char c) => c is >= '\u0E40' and <= '\u0E44' or >= '\u0EC0' and <= '\u0EC4';

    // Vowels and signs after their consonant that Unicode does not call marks, and kana's half-width sound marks.
    private static bool IsTrailing(char c) =>
        c is '\u0E2F' or '\u0E30' or '\u0E32' or '\u0E33' or '\u0E45' or '\u0E46' or '\u0EB0' or '\u0EB2' or '\u0EB3' or '\u0EC6'
            or '\uFF9E' or '\uFF9F';
}
