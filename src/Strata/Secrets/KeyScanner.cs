using System.Buffers;

namespace Strata.Secrets;

/// <summary>Finds the secrets that show by their form what they are.</summary>
internal static class KeyScanner
{
    private const string Jwt = "eyJ";
    private const string Scheme = "://";
    private const string Telegram = ":AA";

    private static readonly SearchValues<string> Anchors = SearchValues.Create(
        [.. VendorKey.All.Select(key => key.Prefix), Jwt, Scheme, Telegram, PrivateKey.Begin, PrivateKey.Finish], StringComparison.Ordinal);

    // By first char, so that a hit asks only the few keys that it can be.
    private static readonly VendorKey[][] ByFirstChar =
        [.. Enumerable.Range(0, 128)
            .Select(c => VendorKey.All.Where(key => key.Prefix[0] == c).OrderByDescending(key => key.Prefix.Length).ToArray())];

    public static List<SecretSpan> Find(ReadOnlySpan<char> text)
    {
        var found = new List<SecretSpan>();
        var from = 0;
        for (var done = 0; text[from..].IndexOfAny(Anchors) is var hit and >= 0;)
        {
            var at = from + hit;
            if (At(text, at, done) is { } span)
            {
                found.Add(span);
                from = done = span.End;
            }
            else
                from = at + 1;
        }

        return found;
    }

    private static SecretSpan? At(ReadOnlySpan<char> text, int at, int done)
    {
        var rest = text[at..];
        switch (rest[0])
        {
            case '-':
                return PrivateKey.At(text, at, done);
            case ':':
                return rest.StartsWith(Scheme) ? UrlPassword.At(text, at + Scheme.Length) : Bot(text, at, done);
        }

        // A key begins no word's middle; behind another secret it may.
        if (at > done && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '-' or '+') && !IsEscapedLineEnd(text, at))
            return null;
        if (rest.StartsWith(Jwt) && JwtLength(rest) is var jwt and > 0)
            return new SecretSpan(at, at + jwt, "jwt");
        foreach (var key in ByFirstChar[rest[0]])
        {
            if (key.LengthAt(rest) is var length and > 0)
                return new SecretSpan(at, at + length, "api-key");
        }

        return null;
    }

    // JSON inside a text writes line ends as \n: the letter belongs to nothing.
    private static bool IsEscapedLineEnd(ReadOnlySpan<char> text, int at) =>
        at > 1 && text[at - 2] == '\\' && text[at - 1] is 'n' or 't' or 'r';

    // Header and claims are objects, which in base64 begin alike; what is encrypted has five parts.
    private static int JwtLength(ReadOnlySpan<char> text)
    {
        var (length, parts, claims) = (0, 0, false);
        while (length < text.Length)
        {
            var part = text[length..].IndexOfAnyExcept(VendorKey.Word) is var end && end < 0 ? text.Length - length : end;
            claims |= parts == 1 && text[length..].StartsWith(Jwt, StringComparison.Ordinal);
            if (part < (parts < 2 ? 10 : 1) && (parts is 0 || !(parts is 1 or 3 && part == 0)))
                break;
            parts++;
            length += part;
            if (parts == 5 || length + 1 >= text.Length || text[length] != '.')
                break;
            length++;
        }

        if (length > 0 && text[length - 1] == '.')
            length--;
        return claims && parts >= 2 || parts == 5 ? length : 0;
    }

    // 123456789:AA…: the number of a Telegram bot and its key.
    private static SecretSpan? Bot(ReadOnlySpan<char> text, int at, int done)
    {
        const int key = 35;
        var start = at;
        while (start > done && at - start < 11 && char.IsAsciiDigit(text[start - 1]))
            start--;
        var body = text[(at + 1)..];
        body = body[..Math.Min(body.Length, key + 1)];
        var length = body.IndexOfAnyExcept(VendorKey.Word) is var end && end < 0 ? body.Length : end;
        return at - start is >= 8 and <= 10 && length == key && SecretValue.IsVaried(body[..length])
            ? new SecretSpan(start, at + 1 + length, "api-key")
            : null;
    }
}
