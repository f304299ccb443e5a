using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Secrets;

/// <summary>
/// Puts a placeholder in the place of every secret in a text: keys of known vendors, bearer tokens, JWTs, private keys, passwords.
/// </summary>
/// <remarks>
/// Pure, linear in the text, never throws on content. The same secret has the same placeholder everywhere, so that texts stay comparable:
/// <c>[secret:api-key:1f3a]</c>. Its digits are cut from a SHA-256: 16 bits where the secret has 20 chars or more, 8 bits where it is
/// shorter and a person may have chosen it. However much is computed, they rule out no more than that: a key of 128 bits is still one among
/// 2^112.
/// </remarks>
public static class SecretRedactor
{
    // Shorter than this a secret may be a word that somebody could list.
    private const int ShortestStrong = 20;

    private const string Open = "[secret:";

    private static readonly SearchValues<char> KindChars = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-");
    private static readonly SearchValues<char> HashChars = SearchValues.Create("0123456789abcdef");

    /// <summary>The text without its secrets; the same instance when it holds none.</summary>
    public static string Redact(string text) => Redact(text, out _);

    /// <summary>The text without its secrets; the same instance when it holds none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="count">How many places were redacted.</param>
    public static string Redact(string text, out int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Replace(text, Find(text), out count);
    }

    /// <summary>
    /// As <see cref="Redact(string, out int)"/>, for a text that stands alone under a name: <c>password</c> says what it is.
    /// </summary>
    public static string RedactNamed(string? name, string text, out int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spans = Find(text);
        if (name is not null && !Covers(spans, text) && AssignmentScanner.KindOf(name, text) is { } kind)
            spans = [new SecretSpan(0, text.Length, spans is [var known, ..] ? known.Kind : kind)];
        return Replace(text, spans, out count);
    }

    private static string Replace(string text, List<SecretSpan> spans, out int count)
    {
        count = spans.Count;
        if (count == 0)
            return text;
        var redacted = new StringBuilder(text.Length);
        var copied = 0;
        foreach (var span in spans)
        {
            redacted.Append(text, copied, span.Start - copied);
            redacted.Append(Placeholder(text.AsSpan(span.Start, span.End - span.Start), span.Kind));
            copied = span.End;
        }

        return redacted.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>Where the secrets stand, ascending, none over another.</summary>
    internal static List<SecretSpan> Find(string text)
    {
        // What a key looks like says more than what it is called, or than where it stands: where two found one, its kind wins and what
        // either covers goes.
        return Merge(KeyScanner.Find(text), Merge(AssignmentScanner.Find(text), CommandPassword.Find(text)));
    }

    private static List<SecretSpan> Merge(List<SecretSpan> known, List<SecretSpan> named)
    {
        if (named.Count == 0)
            return known;
        var all = new List<SecretSpan>(known.Count + named.Count);
        var next = 0;
        foreach (var span in named)
        {
            while (next < known.Count && known[next].End <= span.Start)
                all.Add(known[next++]);
            var merged = span;
            while (next < known.Count && known[next].Start < merged.End)
            {
                var (start, end, kind) = known[next++];
                merged = new SecretSpan(Math.Min(start, merged.Start), Math.Max(end, merged.End), kind);
            }

            if (all.Count > 0 && all[^1].End > merged.Start)
                all[^1] = all[^1] with { End = Math.Max(all[^1].End, merged.End) };
            else
                all.Add(merged);
        }

        all.AddRange(CollectionsMarshal.AsSpan(known)[next..]);
        return all;
    }

    /// <summary>How long the placeholder of ours is that begins here; 0 when none does.</summary>
    internal static int PlaceholderLength(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Open, StringComparison.Ordinal))
            return 0;
        var kind = text[Open.Length..].IndexOfAnyExcept(KindChars);
        if (kind <= 0 || text[Open.Length + kind] != ':')
            return 0;
        var hash = text[(Open.Length + kind + 1)..].IndexOfAnyExcept(HashChars);
        var end = Open.Length + kind + 1 + hash;
        return hash is 2 or 4 && text[end] == ']' ? end + 1 : 0;
    }

    private static bool Covers(List<SecretSpan> spans, string text) => spans is [{ Start: 0 } only] && only.End == text.Length;

    private static string Placeholder(ReadOnlySpan<char> secret, string kind)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(secret), hash);
        return $"{Open}{kind}:{Convert.ToHexStringLower(hash[..(secret.Length >= ShortestStrong ? 2 : 1)])}]";
    }
}
