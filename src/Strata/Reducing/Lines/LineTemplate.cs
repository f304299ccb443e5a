using System.Runtime.CompilerServices;

namespace Strata.Reducing.Lines;

/// <summary>
/// The shape of a line: its words with what varies (numbers, times, hex, ids, versions, paths) masked. Two lines with the same hash say the
/// same about different things.
/// </summary>
internal ref struct LineTemplate
{
    public const int MostWords = 48;
    public const int MostNumbers = 6;

    // A line is known by its beginning.
    private const int MostChars = 400;

    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    private readonly Span<ulong> _words;
    private readonly Span<double> _numbers;

    /// <param name="line">The line.</param>
    /// <param name="words">Room for the hashes of its masked words, <see cref="MostWords"/>.</param>
    /// <param name="numbers">Room for its plain numbers, <see cref="MostNumbers"/>; times, versions and ids are none.</param>
    public LineTemplate(ReadOnlySpan<char> line, Span<ulong> words, Span<double> numbers)
    {
        _words = words;
        _numbers = numbers;
        Hash = Offset;
        if (line.Length > MostChars)
            line = line[..MostChars];
        for (var i = 0; i < line.Length;)
        {
            if (char.IsWhiteSpace(line[i]))
            {
                i++;
                continue;
            }

            var end = i + 1;
            while (end < line.Length && !char.IsWhiteSpace(line[end]))
                end++;
            Add(line[i..end]);
            i = end;
        }
    }

    public ulong Hash { get; private set; }

    public int Words { get; private set; }

    /// <summary>Letters that stand outside of everything masked.</summary>
    public int PlainLetters { get; private set; }

    public int Numbers { get; private set; }

    private void Add(ReadOnlySpan<char> word)
    {
        var hash = IsPath(word) ? Mix(Offset, '/') : Masked(word);
        Hash = (Hash ^ hash) * Prime;
        if (Words < MostWords)
            _words[Words++] = hash;
    }

    private ulong Masked(ReadOnlySpan<char> word)
    {
        var hash = Offset;
        var isMasked = false;
        for (var i = 0; i < word.Length;)
        {
            var end = i;
            var digits = 0;
            while (end < word.Length && char.IsLetterOrDigit(word[end]))
                digits += char.IsAsciiDigit(word[end++]) ? 1 : 0;
            if (end == i)
            {
                // One mask for "10:32:07.123", "1.2.3-4" and a UUID.
                if (!(isMasked && i + 1 < word.Length && word[i] is '.' or ':' or '-' or ',' or '_' && NextHasDigit(word[(i + 1)..])))
                {
                    hash = Mix(hash, word[i]);
                    isMasked = false;
                }

                i++;
                continue;
            }

            var atom = word[i..end];
            if (digits > 0 || (isMasked && atom.Length <= 2) || (isMasked && IsHex(atom)))
            {
                if (!isMasked)
                    hash = Mix(hash, '#');
                if (Numbers < MostNumbers)
                    Number(word, i, end, digits);
                isMasked = true;
            }
            else
            {
                foreach (var letter in atom)
                    hash = Mix(hash, letter);
                PlainLetters += atom.Length;
                isMasked = false;
            }

            i = end;
        }

        return hash;
    }

    // "120", "120ms", "1.5", "took=120" count; the parts of times, versions, addresses and ids do not.
    private void Number(ReadOnlySpan<char> word, int start, int end, int digits)
    {
        if (start > 0 && word[start - 1] is '.' or ':' or '-' or ',' or '/' or '_' or '#')
            return;
        var last = end;
        if (last + 1 < word.Length && word[last] == '.' && digits == end - start)
        {
            last++;
            while (last < word.Length && char.IsAsciiDigit(word[last]))
                last++;
            if (last < word.Length && word[last] is '.' or '-')
                return;
        }
        else if (end < word.Length - 1 && word[end] is ':' or '-' or '.')
        {
            return;
        }

        var value = 0.0;
        var scale = 0.0;
        var seen = 0;
        for (var i = start; i < last; i++)
        {
            if (char.IsAsciiDigit(word[i]))
            {
                value = (value * 10) + (word[i] - '0');
                scale *= 10;
                seen++;
            }
            else if (word[i] == '.' && scale == 0)
            {
                scale = 1;
            }
            else
            {
                break;
            }
        }

        // Letters before the digits, or more digits than a quantity has: a name.
        if (seen is > 0 and <= 12 && last - start - seen <= 3)
            _numbers[Numbers++] = scale > 1 ? value / scale : value;
    }

    private static bool NextHasDigit(ReadOnlySpan<char> rest)
    {
        var i = 0;
        while (i < rest.Length && char.IsLetterOrDigit(rest[i]))
        {
            if (char.IsAsciiDigit(rest[i++]))
                return true;
        }

        return i >= 4 && IsHex(rest[..i]);
    }

    private static bool IsHex(ReadOnlySpan<char> atom) => atom.Length >= 4 && !atom.ContainsAnyExcept("0123456789abcdefABCDEF");

    private static bool IsPath(ReadOnlySpan<char> word)
    {
        var slash = word.IndexOf('/');
        return slash >= 0 && word.Length > 3
            && (slash == 0 || word[0] is '.' or '~' or '@' || word[(slash + 1)..].Contains('/') || word[slash..].Contains('.'));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, char c) => (hash ^ c) * Prime;
}
