using static Strata.Tokens.Bpe.CharacterClass;

namespace Strata.Tokens.Bpe;

/// <summary>The pattern of o200k_base.</summary>
/// <remarks>
/// <code>
/// [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// |[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// |\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n/]*|\s*[\r\n]+|\s+(?!\S)|\s+
/// </code>
/// </remarks>
internal static unsafe class O200kPattern
{
    /// <summary>The end of the piece that starts at <paramref name="start"/>, by the letter of the pattern.</summary>
    public static int Next(byte* text, int start, int end)
    {
        byte kind = UnicodeTable.ClassAt(text + start, out int length);
        int afterFirst = start + length, word;
        switch (kind)
        {
            case Upper or Lower or Letter:
                Word(text, start, end, out word);
                return PatternParts.Contraction(text, word, end);
            case CharacterClass.Number:
                return PatternParts.Number(text, start, end);
            case Newline:
                return PatternParts.Whitespace(text, start, end);
        }

        // Any other code point may lead a word.
        bool hasLower = Word(text, afterFirst, end, out word);
        if (hasLower)
            return PatternParts.Contraction(text, word, end);
        // Without a lower-case letter the second alternative gets its turn, but only after the first was tried on the mark alone.
        if (kind == Mark)
            return PatternParts.Contraction(text, afterFirst, end);
        if (word > afterFirst)
            return PatternParts.Contraction(text, word, end);

        int symbols = PatternParts.Symbols(text, text[start] == ' ' ? afterFirst : start, end);
        if (symbols > afterFirst || kind == Other)
            return TrailingLineBreaks(text, symbols, end);
        return PatternParts.Whitespace(text, start, end);
    }

    private static int TrailingLineBreaks(byte* text, int i, int end)
    {
        while (i < end && text[i] is (byte)'\r' or (byte)'\n' or (byte)'/')
            i++;
        return i;
    }

    /// <summary>
    /// The longest <c>U*L+</c> at <paramref name="i"/> (true), else the <c>U+</c> there (false); U are the upper-case, L the lower-case
    /// letters, and letters without case and marks are both.
    /// </summary>
    private static bool Word(byte* text, int i, int end, out int wordEnd)
    {
        int afterBoth = 0, length;
        byte kind = Other;
        for (; i < end; i += length)
        {
            kind = UnicodeTable.ClassAt(text + i, out length);
            if (kind is Letter or Mark)
                afterBoth = i + length;
            else if (kind != Upper)
                break;
        }

        if (i < end && kind == Lower)
        {
            while (i < end && UnicodeTable.ClassAt(text + i, out length) is Lower or Letter or Mark)
                i += length;
            wordEnd = i;
            return true;
        }

        // U* took everything; L+ gets the last code point that is both, and what follows it stays outside.
        wordEnd = afterBoth > 0 ? afterBoth : i;
        return afterBoth > 0;
    }
}
