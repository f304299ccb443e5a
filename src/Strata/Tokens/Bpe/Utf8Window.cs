using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Strata.Tokens.Bpe;

/// <summary>
/// Brings a text of any length as UTF-8 through one buffer. It grows only for text that has no place where every pattern splits, such as a
/// megabyte of one letter.
/// </summary>
internal sealed unsafe class Utf8Window
{
    /// <summary>Bytes after the text that may be read; none is ASCII, so that no run of ASCII goes on there.</summary>
    public const int Padding = 64;

    public const int Capacity = 16 * 1024;

    // Bytes of the longest UTF-8 sequence: with less room left nothing may fit.
    private const int LongestSequence = 4;

    private byte[] _buffer = NewBuffer(Capacity);

    private int _searched;

    public byte* Start { get; private set; }

    public int Length { get; private set; }

    private int Room => _buffer.Length - Padding - Length;

    public void Clear()
    {
        if (_buffer.Length > 32 * Capacity)
            _buffer = NewBuffer(Capacity);
        Start = (byte*)Unsafe.AsPointer(ref _buffer[0]);
        Length = 0;
        _searched = 0;
    }

    /// <summary>Takes as much of <paramref name="text"/> as there is room for; lone surrogates become U+FFFD.</summary>
    public void Append(ref ReadOnlySpan<char> text, int atMost = Capacity)
    {
        Utf8.FromUtf16(text, new Span<byte>(Start + Length, Math.Min(Room, atMost)), out int read, out int written);
        Advance(written);
        text = text[read..];
    }

    /// <summary>Takes as much of <paramref name="utf8"/>, which is valid, as there is room for.</summary>
    public void Append(ref ReadOnlySpan<byte> utf8, int atMost = Capacity)
    {
        int length = Math.Min(Math.Min(Room, atMost), utf8.Length);
        if (length < utf8.Length)
        {
            while ((utf8[length] & 0xC0) == 0x80)
                length--;
        }

        utf8[..length].CopyTo(new Span<byte>(Start + Length, length));
        Advance(length);
        utf8 = utf8[length..];
    }

    /// <summary>The last place at which the text may be counted in two parts; 0, and more room, when there is none.</summary>
    public int FindCut()
    {
        byte* first = Start + _searched, after = Start + Length;
        do
        {
            after--;
        }
        while (after > first && (*after & 0xC0) == 0x80);

        while (after > first)
        {
            // What long texts without a cut are made of most: no piece is sure to start with a letter or inside a run of one ASCII
            // character.
            if (*after < 0x80 && (*after == after[-1] || (char.IsAsciiLetter((char)*after) && after[-1] < 0x80)))
            {
                after--;
                continue;
            }

            byte* before = after - 1;
            while ((*before & 0xC0) == 0x80)
                before--;
            if (PatternParts.AlwaysSplitsBetween(before, after))
                return (int)(after - Start);
            after = before;
        }

        // What was searched in vain is not searched again; the last code point may still begin a part.
        _searched = Math.Max(0, Length - LongestSequence);
        Grow();
        return 0;
    }

    /// <summary>Moves what follows the first <paramref name="count"/> bytes to the front.</summary>
    public void Consume(int count)
    {
        new Span<byte>(Start + count, Length - count).CopyTo(new Span<byte>(Start, Length));
        Length -= count;
        _searched = 0;
    }

    /// <summary>Makes room when there is none left.</summary>
    public void Grow()
    {
        if (Room >= LongestSequence)
            return;
        byte[] larger = NewBuffer(2 * _buffer.Length);
        _buffer.AsSpan(0, Length + Padding).CopyTo(larger);
        _buffer = larger;
        Start = (byte*)Unsafe.AsPointer(ref _buffer[0]);
    }

    /// <summary>The UTF-16 chars of the code points that end at or before byte <paramref name="position"/>.</summary>
    public int CharsTo(int position)
    {
        while (position < Length && (Start[position] & 0xC0) == 0x80)
            position--;
        return Encoding.UTF8.GetCharCount(Start, position);
    }

    private static byte[] NewBuffer(int capacity) => GC.AllocateUninitializedArray<byte>(capacity + Padding, pinned: true);

    private void Advance(int count)
    {
        Length += count;
        new Span<byte>(Start + Length, Padding).Fill(0xFF);
    }
}
