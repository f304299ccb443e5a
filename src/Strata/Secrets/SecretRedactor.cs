using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Secrets;

/// <summary>Puts a placeholder in the place of every secret in a text: keys of known vendors, bearer tokens, JWTs, private keys, passwords.</summary>
/// <remarks>
/// Pure, linear in the text, never throws on content. The same secret has the same placeholder everywhere, so that texts stay comparable:
/// <c>[secret:api-key:1f3a]</c>. Its digits are cut from a SHA-256: 16 bits where the secret has 20 chars or more, 8 bits where it is shorter and a
/// person may have chosen it. However much is computed, they rule out no more than that: a key of 128 bits is still one among 2^112.
/// </remarks>
public static class SecretRedactor
{
    // Shorter than this a secret may be a word that somebody could list.
    private const int ShortestStrong = 20;

    private const string Open = "[secret:";

    /// <summary>The text without its secrets; the same instance when it holds none.</summary>
    public static string Redact(string text) => Redact(text, out _);

    /// <summary>The text without its secrets; the same instance when it holds none.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="count">How many places were redacted.</param>
    public static string Redact(string text, out int count)
    {
        ArgumentNullException.ThrowIfNull(text);
        var spans = Find(text);
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
        var known = KeyScanner.Find(text);
        var named = AssignmentScanner.Find(text);
        if (named.Count == 0)
            return known;

        // What a key looks like says more than what it is called, so its kind wins where both found it.
        var all = new List<SecretSpan>(known.Count + named.Count);
        var next = 0;
        foreach (var span in named)
        {
            while (next < known.Count && known[next].End <= span.Start)
                all.Add(known[next++]);
            if (next == known.Count || known[next].Start >= span.End)
                all.Add(span);
        }

        all.AddRange(CollectionsMarshal.AsSpan(known)[next..]);
        return all;
    }

    /// <summary>Whether a placeholder of ours begins here.</summary>
    internal static bool IsPlaceholder(ReadOnlySpan<char> text) => text.StartsWith(Open, StringComparison.Ordinal);

    private static string Placeholder(ReadOnlySpan<char> secret, string kind)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(secret), hash);
        return $"{Open}{kind}:{Convert.ToHexStringLower(hash[..(secret.Length >= ShortestStrong ? 2 : 1)])}]";
    }
}
