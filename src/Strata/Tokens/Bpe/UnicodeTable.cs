using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>The class of a code point in valid UTF-8, from a two-stage table of Unicode 16.0 (see eng/Strata.Vocabulary).</summary>
internal static unsafe class UnicodeTable
{
    private const int PageBits = 7;
    private const int PageCount = 0x110000 >> PageBits;

    private static readonly EmbeddedTable Table = new("unicode.classes");
    private static readonly byte* PageOf = Table.Pointer;
    private static readonly byte* Pages = Table.Pointer + PageCount;

    public static byte ClassOf(int codePoint) => Pages[(PageOf[codePoint >> PageBits] << PageBits) | (codePoint & ((1 << PageBits) - 1))];

    /// <summary>The class of the code point that starts at <paramref name="p"/>, and how many bytes it has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte ClassAt(byte* p, out int length)
    {
        int first = *p;
        if (first < 0x80)
        {
            length = 1;
            // The page of ASCII is the first.
            return Pages[first];
        }

        if (first < 0xE0)
        {
            length = 2;
            return ClassOf((first & 0x1F) << 6 | (p[1] & 0x3F));
        }

        if (first < 0xF0)
        {
            length = 3;
            return ClassOf((first & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F));
        }

        length = 4;
        return ClassOf((first & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 | (p[3] & 0x3F));
    }
}
