using System.Runtime.CompilerServices;
using Strata.Text.Languages;

namespace Strata.Text;

/// <summary>
/// A key that inflected forms of a word mostly share: folded to lower case without diacritics, a light ending off, cut to a prefix.
/// Numbers, words with digits and pairs of characters keep all. Equal on every machine.
/// </summary>
internal static class WordKey
{
    // Six letters part "config" from "confirm" and unite configure, configured, configuration.
    private const int Prefix = 6;

    // A longer word than this is data.
    private const int Longest = 64;

    /// <summary>The key as a number.</summary>
    public static ulong Of(ReadOnlySpan<char> word)
    {
        Span<char> key = stackalloc char[Longest];
        var hash = 14695981039346656037UL;   // FNV-1a, 64 bits
        foreach (var c in key[..Write(word, key)])
            hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    /// <summary>Writes the key's chars and returns how many; at most 64 chars of the word are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Write(ReadOnlySpan<char> word, Span<char> key)
    {
        var length = 0;
        var hasDigit = false;
        foreach (var c in word[..Math.Min(word.Length, Longest)])
        {
            if (length == key.Length)
                break;
            // Ankara'da, user's: what stands behind the apostrophe is an ending.
            if (c is '\'' or '’' && length >= 2)
                break;
            var folded = LetterFolding.Fold(c);
            if (folded == '\0')
                continue;
            hasDigit |= char.IsAsciiDigit(folded);
            key[length++] = folded;
            if (c == 'ß' && length < key.Length)
                key[length++] = 's';
        }

        if (hasDigit || length <= 2)
            return length;
        var stem = WordEndings.Off(key[..length], out var skipped);
        if (skipped > 0)
            key[skipped..stem].CopyTo(key);
        return Math.Min(stem - skipped, Prefix);
    }

    /// <summary>
    /// Writes the word in lower case without diacritics, whole, and returns how many chars that are; what has no room is left out.
    /// </summary>
    public static int WriteFolded(ReadOnlySpan<char> word, Span<char> key)
    {
        var length = 0;
        foreach (var c in word)
        {
            if (length == key.Length)
                break;
            var folded = LetterFolding.Fold(c);
            if (folded == '\0')
                continue;
            key[length++] = folded;
            if (c == 'ß' && length < key.Length)
                key[length++] = 's';
        }

        return length;
    }
}
