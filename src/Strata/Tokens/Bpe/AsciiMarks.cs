using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tokens.Bpe;

/// <summary>
/// Where runs of ASCII letters, symbols and spaces end in a window, as bitmaps, so that a run costs one count of trailing zeros instead of a
/// loop. Every byte of a code point beyond ASCII ends every run.
/// </summary>
internal sealed unsafe class AsciiMarks
{
    private const int Block = 32;

    // A load at any byte gives at least this many bits from any bit of that byte on.
    private const int SafeBits = 56;

    private uint[] _bits = [];
    private byte* _letterEnds;
    private byte* _symbolEnds;
    private byte* _spaceEnds;
    private byte* _newlines;

    /// <param name="text">The window; at least <see cref="Utf8Window.Padding"/> bytes follow it, not ASCII.</param>
    /// <param name="length">The bytes of the window without what follows it.</param>
    /// <param name="caseEndsWord">Whether an upper-case letter after a lower-case one ends a run of letters.</param>
    [SkipLocalsInit]
    public void Mark(byte* text, int length, bool caseEndsWord)
    {
        // One block and eight bytes more, for the runs that reach the end and for loads there.
        int blocks = length / Block + 1, stride = blocks + 2;
        if (_bits.Length < 4 * stride)
            _bits = GC.AllocateUninitializedArray<uint>(4 * stride, pinned: true);
        uint* letterEnds = (uint*)Unsafe.AsPointer(ref _bits[0]);
        uint* symbolEnds = letterEnds + stride, spaceEnds = symbolEnds + stride, newlines = spaceEnds + stride;
        _letterEnds = (byte*)letterEnds;
        _symbolEnds = (byte*)symbolEnds;
        _spaceEnds = (byte*)spaceEnds;
        _newlines = (byte*)newlines;

        uint lowerBefore = 0, caseMask = caseEndsWord ? uint.MaxValue : 0;
        for (int block = 0; block < blocks; block++, text += Block)
        {
            Vector256<byte> bytes = Vector256.Load(text);
            Vector256<byte> letter = InRange(bytes | Vector256.Create((byte)0x20), (byte)'a', 25);
            Vector256<byte> newline = Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r'));
            Vector256<byte> space = Vector256.Equals(bytes, Vector256.Create((byte)' ')) | InRange(bytes, (byte)'\t', 4);
            Vector256<byte> digit = InRange(bytes, (byte)'0', 9);

            uint letters = letter.ExtractMostSignificantBits();
            // Bit 5 tells lower from upper case.
            uint lower = (letter & (bytes.AsUInt16() << 2).AsByte()).ExtractMostSignificantBits();
            uint afterLower = lower << 1 | lowerBefore;
            lowerBefore = lower >> 31;
            letterEnds[block] = ~letters | (letters & ~lower & afterLower & caseMask);
            symbolEnds[block] = (bytes | letter | space | digit).ExtractMostSignificantBits();
            spaceEnds[block] = ~space.ExtractMostSignificantBits();
            newlines[block] = newline.ExtractMostSignificantBits();
        }

        for (int block = blocks; block < stride; block++)
            letterEnds[block] = symbolEnds[block] = spaceEnds[block] = newlines[block] = uint.MaxValue;
    }

    /// <summary>The end of the run of letters in which <paramref name="i"/> lies or which ends there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LettersEnd(int i) => RunEnd(_letterEnds, i);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SymbolsEnd(int i) => RunEnd(_symbolEnds, i);

    /// <summary>The end of the run of white space, CR and LF included.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SpacesEnd(int i) => RunEnd(_spaceEnds, i);

    /// <summary>The position after the last line break from <paramref name="start"/> to <paramref name="end"/>, or 0.</summary>
    public int AfterLastNewline(int start, int end)
    {
        while (end > start)
        {
            // Looks at most SafeBits back: the wanted bits end at the top of the word after the shift.
            int from = Math.Max(start, end - SafeBits);
            ulong bits = Load(_newlines, from) << (64 - (end - from));
            if (bits != 0)
                return end - BitOperations.LeadingZeroCount(bits);
            end = from;
        }

        return 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RunEnd(byte* ends, int i)
    {
        ulong bits = Load(ends, i);
        // The zeros shifted in above the loaded bits end no run.
        return bits != 0 ? i + BitOperations.TrailingZeroCount(bits) : LongRunEnd(ends, i);
    }

    private static int LongRunEnd(byte* ends, int i)
    {
        ulong bits;
        do
        {
            i += SafeBits;
            bits = Load(ends, i);
        }
        while (bits == 0);
        return i + BitOperations.TrailingZeroCount(bits);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(byte* bits, int i) => Unsafe.ReadUnaligned<ulong>(bits + (i >> 3)) >> (i & 7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> InRange(Vector256<byte> bytes, byte first, byte span) =>
        Vector256.LessThanOrEqual(bytes - Vector256.Create(first), Vector256.Create(span));
}
