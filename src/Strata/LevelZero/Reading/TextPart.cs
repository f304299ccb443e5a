using Strata.Text;

namespace Strata.LevelZero.Reading;

/// <summary>How much of a long text is read.</summary>
internal static class TextPart
{
    // Whoever pastes more than this has asked before the paste.
    public const int LongestMessage = 40_000;

    /// <summary>Chars of the whole lines in the first <paramref name="length"/> chars: half a line would be told as a fact.</summary>
    public static int Head(ReadOnlySpan<char> text, int length)
    {
        if (text.Length <= length)
            return text.Length;
        var line = text[..length].LastIndexOf('\n');
        return line > 0 ? line : TextCut.Before(text, length);
    }

    public static string HeadOf(string text, int length) => text.Length <= length ? text : text[..Head(text, length)];
}
