using System.Buffers;
using System.Text.RegularExpressions;

namespace Strata.Secrets;

/// <summary>
/// The password among a command's arguments, where no name says what it is: <c>curl -u user:password</c>, <c>mysql -ppassword</c>,
/// <c>sshpass -p password</c>.
/// </summary>
internal static partial class CommandPassword
{
    private const int LongestCommand = 512;

    private static readonly SearchValues<string> Anchors =
        SearchValues.Create(["curl ", "mysql", "mariadb", "sshpass ", "redis-cli ", "docker login "], StringComparison.Ordinal);

    private static readonly SearchValues<char> Ends = SearchValues.Create(" \t\r\n\v\f\"'\\|;&`<>()");

    // What a manual writes there.
    private static readonly string[] Words = ["pass", "password", "passwd", "pwd", "secret", "token", "key"];

    public static List<SecretSpan> Find(string text)
    {
        var found = new List<SecretSpan>();
        for (var from = 0; text.AsSpan(from).IndexOfAny(Anchors) is var hit and >= 0;)
        {
            from += hit;
            var span = At(text, from);
            if (span is { } password)
                found.Add(password);
            from = span?.End ?? from + 1;
        }

        return found;
    }

    private static SecretSpan? At(string text, int at)
    {
        if (at > 0 && (char.IsAsciiLetterOrDigit(text[at - 1]) || text[at - 1] is '_' or '-'))
            return null;
        var match = Arguments().Match(text, at, Math.Min(text.Length - at, LongestCommand));
        var password = match.Groups["password"];
        if (!match.Success || !IsPassword(password.ValueSpan))
            return null;

        // What is looked at of the command may end within the password.
        var length = text.AsSpan(password.Index).IndexOfAny(Ends);
        return new SecretSpan(password.Index, length < 0 ? text.Length : password.Index + length, "password");
    }

    private static bool IsPassword(ReadOnlySpan<char> value)
    {
        if (SecretValue.StandsForOne(value) || SecretRedactor.PlaceholderLength(value) > 0)
            return false;
        foreach (var word in Words)
        {
            if (value.Equals(word, StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    [GeneratedRegex(
        """
        \G(?:
            curl[ ] (?: [^\n|;&`]*? [ ] )? (?: -u | --user | --proxy-user ) [ =]{0,2} \\*["']? [^\s:"'\\|;&`]+ :
          | (?: mysql | mariadb ) [a-z-]* [ ] (?: [^\n|;&`]*? [ ] )? -p
          | sshpass[ ] (?: [^\n|;&`]*? [ ] )? -p [ ]?
          | redis-cli[ ] (?: [^\n|;&`]*? [ ] )? (?: -a | --pass ) [ ]
          | docker[ ]login[ ] (?: [^\n|;&`]*? [ ] )? -p [ ]
        )
        \\*["']? (?<password> [^\s"'\\|;&`<>()]+ )
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Arguments();
}
