using System.Buffers;

namespace Strata.Secrets;

/// <summary>
/// Finds secrets by what they are called: <c>DB_PASSWORD=…</c>, <c>"api_key": "…"</c>, <c>--token …</c>, <c>Authorization: Bearer …</c>.
/// </summary>
internal static class AssignmentScanner
{
    private const int LongestName = 64;
    private const int LongestGap = 4;

    private static readonly string[] Passwords = ["password", "passwd", "passphrase", "pwd"];
    private static readonly string[] Keys = ["secret", "token", "api_key", "apikey", "api-key", "access_key", "accesskey", "access-key",
        "account_key", "accountkey", "private_key", "privatekey", "private-key", "encryption_key", "signing_key", "credential"];
    private static readonly string[] Headers = ["bearer ", "basic ", "authorization"];

    private static readonly SearchValues<string> Anchors =
        SearchValues.Create([.. Passwords, .. Keys, .. Headers], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");
    private static readonly SearchValues<char> TokenChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.~+/=");
    private static readonly SearchValues<char> BareEnds = SearchValues.Create(" \t\r\n\"'`,;&|<>)]}\\");

    // What may stand behind the word that says it is a secret. "token_count", "password_hash" and "secret_name" hold none.
    private static readonly string[] Tails =
        ["", "key", "accesskey", "keybase", "value", "base64", "prod", "dev", "test", "staging", "production", "primary", "secondary",
            "current", "old", "new", "secret", "token", "password"];

    public static List<SecretSpan> Find(ReadOnlySpan<char> text)
    {
        var found = new List<SecretSpan>();
        for (var from = 0; text[from..].IndexOfAny(Anchors) is var hit and >= 0;)
        {
            var at = from + hit;
            var name = text.Slice(at, Math.Min(text.Length - at, LongestName));
            if (name.IndexOfAnyExcept(NameChars) is var end and >= 0)
                name = name[..end];
            if (at > 0 && SecretRedactor.PlaceholderLength(text[(at - 1)..]) is var placeholder and > 0)
                from = at - 1 + placeholder;
            else if (At(text, at, name.Length) is { } span)
            {
                found.Add(span);
                from = span.End;
            }
            else
                from = at + Math.Max(name.Length, 1);
        }

        return found;
    }

    /// <summary>The kind of secret that a value is which stands alone under a name; null when it is none.</summary>
    public static string? KindOf(ReadOnlySpan<char> name, ReadOnlySpan<char> value)
    {
        if (name.Length > LongestName || value.IsEmpty || value.Length > VendorKey.Longest || value.ContainsAny(" \n")
            || SecretRedactor.PlaceholderLength(value) > 0)
            return null;
        for (var from = 0; name[from..].IndexOfAny(Anchors) is var hit and >= 0; from += hit + 1)
        {
            var word = name[(from + hit)..];
            var isPassword = StartsWithAny(word, Passwords, out var known);
            if ((isPassword || StartsWithAny(word, Keys, out known)) && IsTail(word[known..]))
                return IsSecret(value, isPassword, Bar.Low) ? isPassword ? "password" : "secret" : null;
        }

        return null;
    }

    private static SecretSpan? At(ReadOnlySpan<char> text, int at, int length)
    {
        var word = text.Slice(at, length);
        if (text[(at + length)..] is [' ', ..] && IsScheme(word))
            return OfHeader(text, at + length + 1, word.Equals("basic", StringComparison.OrdinalIgnoreCase));
        var isPassword = StartsWithAny(word, Passwords, out var known);
        if (!isPassword && !StartsWithAny(word, Keys, out known))
        {
            if (!word.Equals("authorization", StringComparison.OrdinalIgnoreCase))
                return null;
            known = word.Length;
        }

        return IsTail(word[known..]) ? OfName(text, at, at + length, isPassword) : null;
    }

    private static bool IsScheme(ReadOnlySpan<char> word) =>
        word.Equals("bearer", StringComparison.OrdinalIgnoreCase) || word.Equals("basic", StringComparison.OrdinalIgnoreCase);

    private static SecretSpan? OfHeader(ReadOnlySpan<char> text, int start, bool isBasic)
    {
        var token = text[start..];
        token = token[..Math.Min(token.Length, VendorKey.Longest * 4)];
        if (token.IndexOfAnyExcept(TokenChars) is var end and >= 0)
            token = token[..end];
        token = token.TrimEnd('.');
        if (isBasic)
            return IsBasic(token) ? new SecretSpan(start, start + token.Length, "password") : null;
        return token.Length >= 16 && SecretValue.IsVaried(token) && token.ContainsAnyInRange('0', '9')
            ? new SecretSpan(start, start + token.Length, "token") : null;
    }

    // "Basic authentication" is a phrase; what the header sends is a name, a colon and a password.
    private static bool IsBasic(ReadOnlySpan<char> token)
    {
        Span<byte> bytes = stackalloc byte[384];
        return token.Length is >= 8 and <= 512 && Convert.TryFromBase64Chars(token, bytes, out var written)
            && bytes[..written].Contains((byte)':') && !bytes[..written].ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }

    private static bool StartsWithAny(ReadOnlySpan<char> word, string[] names, out int length)
    {
        foreach (var name in names)
        {
            length = name.Length;
            if (word.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        length = 0;
        return false;
    }

    private static bool IsTail(ReadOnlySpan<char> tail)
    {
        Span<char> letters = stackalloc char[LongestName];
        var length = 0;
        foreach (var c in tail)
        {
            if (char.IsAsciiLetter(c))
                letters[length++] = char.ToLowerInvariant(c);
        }

        foreach (var known in Tails)
        {
            if (letters[..length].SequenceEqual(known))
                return true;
        }

        return false;
    }

    private static SecretSpan? OfName(ReadOnlySpan<char> text, int word, int nameEnd, bool isPassword)
    {
        var nameStart = word;
        while (nameStart > 0 && word - nameStart < LongestName && NameChars.Contains(text[nameStart - 1]))
            nameStart--;
        var isOption = text[nameStart..].StartsWith("--")
            && (nameStart == 0 || char.IsWhiteSpace(text[nameStart - 1]) || text[nameStart - 1] is '"' or '\'');
        var next = SkipQuote(text, nameEnd);
        var isNameQuoted = next > nameEnd;
        var spaced = next;
        next = SkipBlanks(text, next);
        var signs = next;
        while (next < text.Length && next - signs < 2 && text[next] is '=' or ':' or '>')
            next++;
        if (next == signs)
            return isOption && spaced < signs ? OfValue(text, signs, isPassword, bar: Bar.Low) : null;
        if (text[signs..next] is "==" or "::" or ">" or ">>" or ">=" or ">:" or "=:" or ":>")
            return null;
        var isTight = spaced == signs;
        var value = SkipBlanks(text, next);
        var isConnection = isPassword && isTight && text[signs] == '=' && value == next && PrecedingChar(text, nameStart) == ';';
        var bar = isConnection ? Bar.None
            : isNameQuoted || isOption || (isTight && value == next && text[signs] == '=') || (isPassword && text[signs] == ':') ? Bar.Low
            : Bar.High;
        return OfValue(text, value, isPassword, bar);
    }

    private static SecretSpan? OfValue(ReadOnlySpan<char> text, int start, bool isPassword, Bar bar)
    {
        var quoted = SkipQuote(text, start);
        ReadOnlySpan<char> value;
        if (quoted > start)
        {
            if (bar == Bar.High)
                bar = Bar.Low;
            value = text[quoted..];
            value = value[..Math.Min(value.Length, VendorKey.Longest + 1)];
            var close = value.IndexOfAny(text[quoted - 1], '\n');
            if (close < 0 || value[close] == '\n')
                return null;
            value = value[..close].TrimEnd('\\');
            if (value.Contains(' ') && bar != Bar.None)
                return null;   // a sentence about it
        }
        else
        {
            value = text[start..];
            value = value[..Math.Min(value.Length, VendorKey.Longest + 1)];
            var ends = value.IndexOfAny(BareEnds);
            if (ends > 0 && value[ends] is '\'' or '"' or '`' && bar != Bar.None)
                return null;   // f"…", b'…', an expression
            if (ends >= 0)
                value = value[..ends];
            value = value.TrimEnd('.').TrimEnd(':');
        }

        if (IsScheme(value) || SecretRedactor.PlaceholderLength(value) > 0)
            return null;
        return IsSecret(value, isPassword, bar) ? new SecretSpan(quoted, quoted + value.Length, isPassword ? "password" : "secret") : null;
    }

    private static bool IsSecret(ReadOnlySpan<char> value, bool isPassword, Bar bar) => bar switch
    {
        Bar.None => !value.IsEmpty && !SecretValue.StandsForOne(value),
        Bar.Low when isPassword => SecretValue.IsPassword(value, least: 6),
        Bar.Low => SecretValue.IsPassword(value, least: 12) && value.ContainsAnyInRange('0', '9'),
        _ => SecretValue.IsKey(value),
    };

    // JSON in JSON writes \" for a quote.
    private static int SkipQuote(ReadOnlySpan<char> text, int at)
    {
        var quote = at;
        while (quote < text.Length && quote - at < 3 && text[quote] == '\\')
            quote++;
        return quote < text.Length && text[quote] is '"' or '\'' or '`' ? quote + 1 : at;
    }

    private static int SkipBlanks(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (at < text.Length && at - start < LongestGap && text[at] is ' ' or '\t')
            at++;
        return at;
    }

    private static char PrecedingChar(ReadOnlySpan<char> text, int at)
    {
        for (at--; at >= 0 && text[at] == ' '; at--)
        {
        }

        return at < 0 ? '\0' : text[at];
    }

    // How much a value must look like a secret: less where its name is written as only names of settings are.
    private enum Bar
    {
        None,
        Low,
        High,
    }
}
