using System.Buffers;

namespace Strata.Secrets;

/// <summary>The password in <c>scheme://user:password@host</c>; a long token in the user's place.</summary>
internal static class UrlPassword
{
    private const int LongestUserInfo = 512;
    private const int ShortestToken = 20;

    private static readonly SearchValues<char> Ends = SearchValues.Create("/?#\\\"'`<> \t\r\n,|(){}[]^");

    /// <param name="text">The whole text.</param>
    /// <param name="start">Behind the <c>://</c>.</param>
    public static SecretSpan? At(ReadOnlySpan<char> text, int start)
    {
        var authority = text[start..];
        authority = authority[..Math.Min(authority.Length, LongestUserInfo)];
        if (authority.IndexOfAny(Ends) is var end and >= 0)
            authority = authority[..end];
        var host = authority.LastIndexOf('@');
        if (host <= 0)
            return null;
        var colon = authority[..host].IndexOf(':');
        if (colon < 0)
            return host >= ShortestToken && SecretValue.IsKey(authority[..host]) ? new SecretSpan(start, start + host, "token") : null;
        var password = authority[(colon + 1)..host];
        if (password.IsEmpty || SecretValue.StandsForOne(password))
            return null;

        // Some services take a key for the name.
        var isUserSecret = colon >= ShortestToken && SecretValue.IsKey(authority[..colon]);
        return new SecretSpan(isUserSecret ? start : start + colon + 1, start + host, "password");
    }
}
