using System.Buffers;

namespace Strata.Secrets;

/// <summary>Private keys in PEM, also where head or tail was cut off.</summary>
internal static class PrivateKey
{
    public const string Begin = "-----BEGIN ";
    public const string Finish = "-----END ";

    private const string Name = "PRIVATE KEY";

    // "ENCRYPTED", "OPENSSH", "PGP … BLOCK" and the like.
    private const int LongestLabel = 40;

    // Lines of PEM have 64 chars, a few tools write 70 or 76; shorter runs than this are words.
    private const int ShortestLine = 40;

    private const int MostHeaderWords = 12;
    private const int MostWordsBetween = 2;

    private static readonly SearchValues<char> Breaks = SearchValues.Create(" \t\r\n\\→");
    private static readonly SearchValues<char> Base64 =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

    /// <param name="text">The whole text.</param>
    /// <param name="at">Where a line of dashes begins.</param>
    /// <param name="done">Nothing before this may be taken.</param>
    public static SecretSpan? At(ReadOnlySpan<char> text, int at, int done)
    {
        if (text[at..].StartsWith(Begin))
        {
            var label = LabelLength(text[(at + Begin.Length)..]);
            if (label == 0)
                return null;
            var body = at + Begin.Length + label;
            return new SecretSpan(at, EndOf(text, body), "private-key");
        }

        var tail = LabelLength(text[(at + Finish.Length)..]);
        if (tail == 0)
            return null;
        var start = StartOf(text, at, done);
        return start < at ? new SecretSpan(start, at + Finish.Length + tail, "private-key") : null;
    }

    // "RSA PRIVATE KEY-----"; 0 when it is no private key.
    private static int LabelLength(ReadOnlySpan<char> text)
    {
        var label = text[..Math.Min(text.Length, LongestLabel)];
        var dashes = label.IndexOf("-----", StringComparison.Ordinal);
        return dashes > 0 && label[..dashes].Contains(Name, StringComparison.Ordinal) ? dashes + 5 : 0;
    }

    private static int EndOf(ReadOnlySpan<char> text, int body)
    {
        var dashes = text[body..].IndexOf("-----", StringComparison.Ordinal);
        if (dashes >= 0 && text[(body + dashes)..].StartsWith(Finish)
            && LabelLength(text[(body + dashes + Finish.Length)..]) is var label and > 0)
            return body + dashes + Finish.Length + label;

        // Cut off: as far as lines of a key follow. Headers ("Proc-Type: 4,ENCRYPTED") may stand before them, numbers of lines between
        // them.
        var limit = dashes >= 0 ? body + dashes : text.Length;
        var (end, misses) = (body, 0);
        for (var next = body; next < limit && misses <= (end == body ? MostHeaderWords : MostWordsBetween);)
        {
            var length = text[next..limit].IndexOfAny(Breaks) is var stop && stop < 0 ? limit - next : stop;
            var word = text.Slice(next, length);
            if (IsLine(word) || (end > body && misses == 0 && IsLastLine(word)))
                (end, misses) = (next + length, word.Length < ShortestLine ? MostWordsBetween + 1 : 0);
            else if (length > 0)
                misses++;
            next = AfterBreak(text, next + length);
        }

        return end;
    }

    private static int StartOf(ReadOnlySpan<char> text, int at, int done)
    {
        var (start, misses) = (at, 0);
        for (var last = at; last > done && misses <= MostWordsBetween;)
        {
            var from = Math.Max(done, last - VendorKey.Longest);
            var stop = text[from..last].LastIndexOfAny(Breaks);
            var first = stop < 0 ? from : Math.Min(AfterBreak(text, from + stop), last);
            var word = text[first..last];
            if (IsLine(word) || (start == at && misses == 0 && IsLastLine(word)))
                (start, misses) = (first, 0);
            else if (word.Length > 0)
                misses++;
            last = stop < 0 ? done : from + stop;
        }

        return start;
    }

    private static bool IsLine(ReadOnlySpan<char> word) => word.Length >= ShortestLine && !word.ContainsAnyExcept(Base64);

    private static bool IsLastLine(ReadOnlySpan<char> word) =>
        word.Length >= 4 && !word.ContainsAnyExcept(Base64) && (word[^1] == '=' || (word.Length >= 8 && word.ContainsAny("0123456789+/")));

    // JSON writes a line end as a backslash and a letter.
    private static int AfterBreak(ReadOnlySpan<char> text, int at) =>
        at + 1 < text.Length && text[at] == '\\' && text[at + 1] is 'n' or 'r' or 't' ? at + 2 : at + 1;
}
