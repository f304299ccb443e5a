namespace Strata.Secrets;

/// <summary>Tells a secret from a word, a name, an expression or what stands for one in an example.</summary>
internal static class SecretValue
{
    // Half of a random text's: hexadecimal has 4 bits a char, base64 6, words between 1 and 2 once their letters repeat.
    private const double HighBits = 3;

    private const int HighLength = 16;

    private static readonly string[] Stand =
        ["your", "xxx", "changeme", "example", "placeholder", "redacted", "dummy", "insert", "todo", "***", "...", "…", "null", "none"];

    /// <summary>
    /// Whether chars change as in a generated key: digits and letters, or letters of both cases, and many different ones.
    /// </summary>
    public static bool IsVaried(ReadOnlySpan<char> value)
    {
        var (digits, upper, lower, _) = Classes(value);
        return digits + upper > 0 && (digits > 0 || (upper > 0 && lower > 0)) && Distinct(value) >= 7 && !StandsForOne(value);
    }

    /// <summary>Enough to be a password where the name says that it is one: a word and a digit or a sign.</summary>
    public static bool IsPassword(ReadOnlySpan<char> value, int least)
    {
        if (value.Length < least || value.Length > VendorKey.Longest || StandsForOne(value) || IsExpression(value) || IsPath(value))
            return false;
        var (digits, upper, lower, signs) = Classes(value);
        if (digits + signs == 0)
            return upper > 1 && lower > 0 && value.Length >= HighLength && Bits(value) >= HighBits;
        return Distinct(value) >= Math.Min(4, value.Length);
    }

    /// <summary>Enough to be a key without a quote or a form that says so: long, of several kinds of chars, without an order.</summary>
    public static bool IsKey(ReadOnlySpan<char> value)
    {
        if (value.Length < HighLength || value.Length > VendorKey.Longest || StandsForOne(value) || IsExpression(value) || IsPath(value))
            return false;
        var (digits, upper, lower, _) = Classes(value);
        return digits > 1 && upper + lower > 1 && Bits(value) >= HighBits;
    }

    /// <summary>Whether this is what an example says in the place of a secret.</summary>
    public static bool StandsForOne(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty || value[0] is '$' or '{' or '<' or '%' or '*' or '[' or '(' || value.Contains("${", StringComparison.Ordinal))
            return true;
        if (value.Length > 60)
            return false;
        foreach (var word in Stand)
        {
            if (value.Contains(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // user.password, os.environ["X"], get_token(), tokens[0], next_token_2: code, not its value.
    private static bool IsExpression(ReadOnlySpan<char> value)
    {
        if (value.ContainsAny("([{"))
            return true;
        var wordy = true;
        var inWord = 0;
        var longest = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (i > 0 && i + 1 < value.Length && char.IsAsciiDigit(c) && char.IsAsciiLetter(value[i - 1])
                && char.IsAsciiLetter(value[i + 1]))
                return false;   // w0rd: nobody names things so
            if (char.IsAsciiLetter(c))
                longest = Math.Max(longest, ++inWord);
            else
                inWord = 0;
            wordy &= char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-' or ':' or '>';
        }

        // Words joined by signs, with no more than a digit or two among them.
        var (digits, upper, lower, signs) = Classes(value);
        return wordy && signs > 0 && digits <= 2 && longest >= 3 && (upper == 0 || lower == 0 || upper <= signs + 1);
    }

    private static bool IsPath(ReadOnlySpan<char> value)
    {
        if (value.Length > 2 && value[1] == ':' && value[2] is '\\' or '/')
            return true;
        if (value.Contains("://", StringComparison.Ordinal) || value.StartsWith("./") || value.StartsWith("../") || value.StartsWith("~/"))
            return true;
        return value[0] == '/' && value[^1] != '=' && value.Length != 40;
    }

    private static (int Digits, int Upper, int Lower, int Signs) Classes(ReadOnlySpan<char> value)
    {
        var (digits, upper, lower, signs) = (0, 0, 0, 0);
        foreach (var c in value)
        {
            if (char.IsAsciiDigit(c))
                digits++;
            else if (char.IsUpper(c))
                upper++;
            else if (char.IsLower(c))
                lower++;
            else
                signs++;
        }

        return (digits, upper, lower, signs);
    }

    private static int Distinct(ReadOnlySpan<char> value)
    {
        var (low, high, others) = (0UL, 0UL, 0UL);
        foreach (var c in value)
        {
            if (c < 64)
                low |= 1UL << c;
            else if (c < 128)
                high |= 1UL << (c - 64);
            else
                others |= 1UL << (c & 63);
        }

        return System.Numerics.BitOperations.PopCount(low) + System.Numerics.BitOperations.PopCount(high)
            + System.Numerics.BitOperations.PopCount(others);
    }

    // Shannon's, a char; of a value's first chars only.
    private static double Bits(ReadOnlySpan<char> value)
    {
        Span<int> counts = stackalloc int[128];
        counts.Clear();
        foreach (var c in value)
            counts[c & 127]++;
        var bits = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
                bits -= (double)count / value.Length * Math.Log2((double)count / value.Length);
        }

        return bits;
    }
}
