namespace Strata.Text;

/// <summary>The length of a text as a reader measures it.</summary>
internal static class TextWidth
{
    /// <summary>Columns: a Chinese, Japanese or Korean character takes two, and says at least as much as two letters.</summary>
    public static int Of(ReadOnlySpan<char> text)
    {
        var width = text.Length;
        while (text.IndexOfAnyInRange('\u2E80', '\uFFE6') is var wide and >= 0)
        {
            // Half of a surrogate pair is one already.
            width += char.IsSurrogate(text[wide]) ? 0 : 1;
            text = text[(wide + 1)..];
        }

        return width;
    }
}
