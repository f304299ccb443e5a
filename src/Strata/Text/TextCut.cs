using System.Buffers;
using System.Globalization;

namespace Strata.Text;

/// <summary>
/// Where a text may be cut: never inside what a reader sees as one character (surrogate pairs, letters with their marks, joined
/// pictographs), and rather behind a word or a pause than inside.
/// </summary>
internal static class TextCut
{
    // Longer clusters are not writing.
    private const int LongestCluster = 64;
    private const int LongestRow = 4_096;

    private static readonly SearchValues<char> Pauses = SearchValues.Create(" 。！？，、；：．؟،؛۔।॥");

    /// <summary>The last boundary between characters at or before <paramref name="index"/>.</summary>
    public static int Before(ReadOnlySpan<char> text, int index)
    {
        if (index <= 0 || index >= text.Length)
            return Math.Clamp(index, 0, text.Length);
        // An ASCII char starts a cluster, save for the second half of a line end.
        var start = index;
        while (start > 0 && index - start < LongestCluster && (!char.IsAscii(text[start]) || text[start] == '\n'))
            start--;
        if (char.IsLowSurrogate(text[start]) && start > 0)
            start--;
        // Flags are pairs of letters without a mark between them: only the beginning of their row tells which two belong together.
        while (start >= 2 && index - start < LongestRow && IsFlagLetter(text[start..]) && IsFlagLetter(text[(start - 2)..]))
            start -= 2;
        while (start < index)
        {
            var next = start + StringInfo.GetNextTextElementLength(text[start..]);
            if (next > index)
                break;
            start = next;
        }

        return start;
    }

    private static bool IsFlagLetter(ReadOnlySpan<char> text) => text is ['\ud83c', >= '\udde6' and <= '\uddff', ..];

    /// <summary>The first boundary between characters at or behind <paramref name="index"/>.</summary>
    public static int After(ReadOnlySpan<char> text, int index)
    {
        var before = Before(text, index);
        return before == index || before >= text.Length ? before : before + StringInfo.GetNextTextElementLength(text[before..]);
    }

    /// <summary>
    /// Chars of the first <paramref name="length"/> that are kept: up to a blank or a pause where that costs at most a quarter.
    /// </summary>
    public static int Head(ReadOnlySpan<char> text, int length)
    {
        length = Before(text, length);
        var pause = text[..length].LastIndexOfAny(Pauses);
        return pause > length * 3 / 4 ? pause + 1 : length;
    }

    /// <summary>Where the tail starts of which at most <paramref name="length"/> chars are kept.</summary>
    public static int Tail(ReadOnlySpan<char> text, int length)
    {
        var start = After(text, text.Length - length);
        var pause = text[start..].IndexOfAny(Pauses);
        return pause >= 0 && pause < (text.Length - start) / 4 ? start + pause + 1 : start;
    }
}
