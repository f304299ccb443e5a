using System.Runtime.InteropServices;
using System.Text;

namespace Strata.Storage.Sqlite.Search;

/// <summary>
/// Terms as the index holds them: 30 bits of a hash in five signs. Identifiers and paths make most of a coding session's terms, and are
/// long: as they are, the index took as much room as the texts. Two terms that share a code cost a search a look at an original that does
/// not hold its words, nothing else.
/// </summary>
internal static class TermCode
{
    private const int Length = 5;

    // One byte each, none that the tokenizer would change or part at.
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz!#$%&()*+,-./:;<=>?@[]^_{|}~";

    private const string Links = "/\\@#";

    // FNV-1a, 64 bits.
    private const ulong Offset = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    /// <summary>The codes of the terms that are indexed, parted by spaces.</summary>
    public static string Of(IReadOnlyCollection<string> terms)
    {
        var codes = new StringBuilder(terms.Count * (Length + 1));
        foreach (var term in terms.Where(IsIndexed))
            Append(codes, term).Append(' ');
        return codes.ToString();
    }

    /// <summary>
    /// Whether a term is a word. Paths and places in files (<c>src/a/b.cs:12</c>) stand once each and in great number; their words are
    /// terms too, and find them.
    /// </summary>
    public static bool IsIndexed(string term)
    {
        if (term.AsSpan().IndexOfAny(Links) >= 0)
            return false;
        for (var at = term.IndexOf(':', StringComparison.Ordinal); at >= 0; at = term.IndexOf(':', at + 1))
        {
            // Between digits it belongs to the word: 12:30.
            if (at == 0 || at == term.Length - 1 || !char.IsDigit(term[at - 1]) || !char.IsDigit(term[at + 1]))
                return false;
        }

        return true;
    }

    public static string Of(string term) => Append(new StringBuilder(Length), term).ToString();

    private static StringBuilder Append(StringBuilder codes, string term)
    {
        var hash = Offset;
        foreach (var unit in MemoryMarshal.AsBytes(term.AsSpan()))
            hash = (hash ^ unit) * Prime;
        // The low bits of FNV depend on the low bits of the text only.
        hash ^= hash >> 32;
        hash *= 0x9e3779b97f4a7c15;
        hash >>= 24;
        for (var i = 0; i < Length; i++, hash /= (ulong)Alphabet.Length)
            codes.Append(Alphabet[(int)(hash % (ulong)Alphabet.Length)]);
        return codes;
    }
}
