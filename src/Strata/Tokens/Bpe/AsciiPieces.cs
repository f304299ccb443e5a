using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strata.Tokens.Bpe;

/// <summary>The ends of pieces that lie in ASCII text; where code points beyond ASCII could matter the answer is <see cref="Undecided"/>.</summary>
internal static unsafe class AsciiPieces
{
    public const int Undecided = -1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte KindOf(byte value) => Unsafe.Add(ref MemoryMarshal.GetReference(AsciiKinds.Of), value);

    /// <summary><c>\p{N}{1,3}</c> from its first digit on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Number(byte* text, int i)
    {
        for (int limit = i++ + 3; i < limit; i++)
        {
            byte kind = KindOf(text[i]);
            if (kind != AsciiKinds.Digit)
                return kind == AsciiKinds.NotAscii ? Undecided : i;
        }

        return i;
    }

    /// <summary><c>\s*[\r\n]+|\s+(?!\S)|\s+</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Whitespace(byte* text, AsciiMarks marks, int i)
    {
        int end = marks.SpacesEnd(i);
        if (text[end] >= 0x80)
            return Undecided;
        int afterNewline = marks.AfterLastNewline(i, end);
        if (afterNewline > 0)
            return afterNewline;
        return end > i + 1 ? end - 1 : end;
    }
}
