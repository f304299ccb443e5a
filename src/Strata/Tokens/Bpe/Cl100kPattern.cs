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
