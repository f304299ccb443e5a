using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Strata.Tokens.Bpe;

/// <summary>Which of 64 bytes are what, a bit each.</summary>
internal unsafe struct BlockMasks
{
    public const int Size = 64;

    public ulong Letters;
    public ulong Lower;
    public ulong Digits;
    public ulong Newlines;

    /// <summary>White space without line breaks.</summary>
    public ulong Blanks;
    public ulong Spaces;
    public ulong Apostrophes;
    public ulong Slashes;
    public ulong NotAscii;

    public readonly ulong Symbols => ~(Letters | Digits | Newlines | Blanks | NotAscii);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(byte* text, out BlockMasks masks)
    {
        Half(Vector256.Load(text), out BlockMasks low);
        Half(Vector256.Load(text + 32), out BlockMasks high);
        masks.Letters = low.Letters | high.Letters << 32;
        masks.Lower = low.Lower | high.Lower << 32;
        masks.Digits = low.Digits | high.Digits << 32;
        masks.Newlines = low.Newlines | high.Newlines << 32;
        masks.Blanks = low.Blanks | high.Blanks << 32;
        masks.Spaces = low.Spaces | high.Spaces << 32;
        masks.Apostrophes = low.Apostrophes | high.Apostrophes << 32;
        masks.Slashes = low.Slashes | high.Slashes << 32;
        masks.NotAscii = low.NotAscii | high.NotAscii << 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Half(Vector256<byte> bytes, out BlockMasks masks)
    {
        Vector256<byte> letters = InRange(bytes | Vector256.Create((byte)0x20), (byte)'a', 25);
        Vector256<byte> newlines =
            Vector256.Equals(bytes, Vector256.Create((byte)'\n')) | Vector256.Equals(bytes, Vector256.Create((byte)'\r'));
        Vector256<byte> spaces = Vector256.Equals(bytes, Vector256.Create((byte)' '));
        masks.Letters = letters.ExtractMostSignificantBits();
        // Bit 5 tells lower from upper case.
        masks.Lower = (letters & (bytes.AsUInt16() << 2).AsByte()).ExtractMostSignificantBits();
        masks.Digits = InRange(bytes, (byte)'0', 9).ExtractMostSignificantBits();
        masks.Newlines = newlines.ExtractMostSignificantBits();
        masks.Blanks = Vector256.AndNot(spaces | InRange(bytes, (byte)'\t', 4), newlines).ExtractMostSignificantBits();
        masks.Spaces = spaces.ExtractMostSignificantBits();
        masks.Apostrophes = Vector256.Equals(bytes, Vector256.Create((byte)'\'')).ExtractMostSignificantBits();
        masks.Slashes = Vector256.Equals(bytes, Vector256.Create((byte)'/')).ExtractMostSignificantBits();
        masks.NotAscii = bytes.ExtractMostSignificantBits();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> InRange(Vector256<byte> bytes, byte first, byte span) =>
        Vector256.LessThanOrEqual(bytes - Vector256.Create(first), Vector256.Create(span));
}
