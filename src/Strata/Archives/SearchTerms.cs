using Strata.Archives.Search;

namespace Strata.Archives;

/// <summary>
/// What a text is found by, in any language: its words in lower case without diacritics; pairs of neighbouring characters where a script
/// has no blanks; identifiers, file names and paths whole and in their parts. What is data (base64, long hexadecimal) is not.
/// </summary>
public static class SearchTerms
{
    /// <summary>Length of the longest term in UTF-16 chars; longer ones are cut to it.</summary>
    public const int Longest = 64;

    /// <summary>The distinct terms of a text. Linear in it, and never fails.</summary>
    public static IReadOnlyCollection<string> Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var terms = found.GetAlternateLookup<ReadOnlySpan<char>>();
        TermScanner.Scan(text, (_, _, term) => terms.Add(term), new HashSet<string>(StringComparer.Ordinal));
        return found;
    }
}
