namespace Strata.Text;

/// <summary>
/// Splits a text of any script into words without a dictionary: words between blanks where the script has blanks; pairs of neighbouring
/// characters, each overlapping the one before, where it has none (Han, kana, Thai, Lao, Khmer, Burmese); a pictograph is a word. Numbers
/// (3.11), code names and hyphenated words are one word each. Allocates nothing.
/// </summary>
internal static class WordSplitter
{
    /// <summary>For <c>foreach</c>: each word as a slice of the text.</summary>
    public static WordEnumerator Split(ReadOnlySpan<char> text) => new(text);
}
