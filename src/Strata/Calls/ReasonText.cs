using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Secrets;

namespace Strata.Calls;

/// <summary>
/// Makes what a client or server said fit for receipts and logs: one line, short, without keys and without the text that was sent.
/// </summary>
internal static partial class ReasonText
{
    private const int MostChars = 300, MostRead = 4_000;

    public static string Clean(string reason, IReadOnlyList<ChatMessage>? sent = null)
    {
        var text = reason.Length > MostRead ? reason[..MostRead] : reason;
        if (sent is not null)
            text = Echo.Remove(text, sent);

        // Servers tell keys in part (sk-ab****yz) and under names of their own; the redactor knows whole ones.
        text = SecretRedactor.Redact(text);
        text = Key().Replace(UserInfo().Replace(Named().Replace(Scheme().Replace(text, "${scheme} ***"), "${name}***"), "://***@"), "***");
        text = Token().Replace(text, static match => IsKeyLike(match.ValueSpan) ? "***" : match.Value);
        return Cut(Space().Replace(text, " ").Trim());
    }

    private static string Cut(string text)
    {
        if (text.Length <= MostChars)
            return text;
        var length = char.IsHighSurrogate(text[MostChars - 2]) ? MostChars - 2 : MostChars - 1;
        return text[..length] + "…";
    }

    /// <summary>Names of models and paths have short parts; keys and hashes are long runs in which letters and digits mix.</summary>
    private static bool IsKeyLike(ReadOnlySpan<char> token)
    {
        var (letters, digits) = (0, 0);
        foreach (var c in token)
        {
            letters += char.IsAsciiLetter(c) ? 1 : 0;
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return letters > 0 && digits > 1;
    }

    [GeneratedRegex(@"[\s\p{Cc}\p{Cf}]+", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Space();

    [GeneratedRegex(@"\b(?<scheme>bearer|basic)\s+[\w.~+/=*-]{6,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"(?<name>(?:api[-_ ]?key|[-_]key|token|secret|password|authorization|[?&]key)[""']?\s*(?::|="
        + @"|provided:)\s*[""']?)[^\s""',;&{}()]{4,}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Named();

    [GeneratedRegex(@"://[^\s/@]+@", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex UserInfo();

    [GeneratedRegex(@"\b(?:(?:sk|pk|rk|gsk|xai|hf|gh[pousr]|glpat|xox[abprs])[-_][\w*.-]{4,}|github_pat_\w{4,}|AIza[\w*-]{6,}|AKIA[\w*]{6,}"
        + @"|eyJ[\w-]{6,}[\w.-]*)", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Key();

    [GeneratedRegex(@"[A-Za-z0-9+=]{20,}", RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex Token();
}
