using System.Buffers;

namespace Strata.Reducing.Lines;

/// <summary>Tells whether a line says that something failed. Words inside file names and counts of zero do not.</summary>
internal static class FailureWords
{
    private static readonly string[] Stems =
    [
        "error", "fail", "fatal", "exception", "panic", "traceback", "critical", "denied", "refused", "timed out", "timeout", "unable to",
        "cannot",
        "could not", "couldn't", "not found", "no such file", "undefined", "invalid", "unhealthy", "crash", "abort", "killed",
        "segmentation", "violation",
        "unauthorized", "forbidden", "unreachable", "mismatch", "deadlock", "out of memory", "oomkill", "evicted", "backoff", "not ready",
        "unexpected",
        "emerg", "severe", "rejected", "corrupt",
    ];

    private static readonly string[] WarningStems = ["warn"];

    private static readonly SearchValues<string> Failures = SearchValues.Create(Stems, StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> Warnings = SearchValues.Create(WarningStems, StringComparison.OrdinalIgnoreCase);

    public static bool IsFailure(ReadOnlySpan<char> line) => Says(line, Failures) || IsServerError(line) || IsDiagnostic(line);

    public static bool IsWarning(ReadOnlySpan<char> line) => Says(line, Warnings);

    private static bool Says(ReadOnlySpan<char> line, SearchValues<string> words)
    {
        for (var from = 0; from < line.Length;)
        {
            var at = line[from..].IndexOfAny(words);
            if (at < 0)
                return false;
            at += from;
            var end = at + 1;
            while (end < line.Length && (char.IsAsciiLetter(line[end]) || line[end] == '\''))
                end++;
            if (IsWord(line, at, end) && !IsNone(line, at, end))
                return true;
            from = end;
        }

        return false;
    }

    private static bool IsWord(ReadOnlySpan<char> line, int at, int end)
    {
        var before = at > 0 ? line[at - 1] : ' ';
        // "TypeError" and "NullReferenceException" are words for a failure, "terror" is none.
        if (char.IsLetterOrDigit(before) && !(char.IsAsciiLetterUpper(line[at]) && char.IsAsciiLetterLower(before)))
            return false;
        // "TimeoutBucket" names a bucket. Kubernetes joins its words the other way.
        if (IsCompound(line[at..end]) && !line[at..end].EndsWith("BackOff"))
            return false;
        var after = end < line.Length ? line[end] : ' ';
        // error-handler.ts, errors/codes.go, my_error_count
        var isShouting = char.IsAsciiLetterUpper(line[at]) && (at + 1 == end || char.IsAsciiLetterUpper(line[at + 1]));
        if (!isShouting && (before is '/' or '\\' or '-' or '_' || (before == '.' && char.IsAsciiLetterLower(line[at]))))
            return false;
        if (after is '/' or '\\' || (!isShouting && after is '-' or '_')
            || (after == '.' && end + 1 < line.Length && char.IsAsciiLetter(line[end + 1])))
            return false;
        return true;
    }

    private static bool IsCompound(ReadOnlySpan<char> word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsAsciiLetterUpper(word[i]) && char.IsAsciiLetterLower(word[i - 1]))
                return true;
        }

        return false;
    }

    // "0 errors", "no failures", "errors: 0", "failed=0"
    private static bool IsNone(ReadOnlySpan<char> line, int at, int end)
    {
        var before = line[..at].TrimEnd();
        if (before.EndsWith(" 0") || before is "0" || before.EndsWith("(0") || before.EndsWith("no", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("without", StringComparison.OrdinalIgnoreCase)
            || before.EndsWith("ignore", StringComparison.OrdinalIgnoreCase))
            return true;
        var after = line[end..].TrimStart(" \":=");
        return after.Length < line.Length - end && after.Length > 0 && after[0] == '0'
            && (after.Length == 1 || !(char.IsAsciiLetterOrDigit(after[1]) || after[1] == '.'));
    }

    // An access log: "GET / HTTP/1.1" 502 17
    private static bool IsServerError(ReadOnlySpan<char> line)
    {
        for (var at = line.IndexOf("HTTP/1", StringComparison.Ordinal); at >= 0 && at + 12 < line.Length;)
            return line[(at + 8)..].TrimStart("\" ") is ['5', >= '0' and <= '9', >= '0' and <= '9', ..];
        return false;
    }

    // A compiler's "src/a.go:12:3: …" needs no word for it.
    private static bool IsDiagnostic(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        var colon = text.IndexOf(':');
        if (colon < 3 || text[..colon].Contains(' ') || !text[..colon].Contains('.'))
            return false;
        var rest = text[(colon + 1)..];
        return Number(ref rest) && rest is [':', ..] && Number(ref rest, skip: 1) && rest is [':', ' ', ..];

        static bool Number(ref ReadOnlySpan<char> rest, int skip = 0)
        {
            rest = rest[skip..];
            var digits = 0;
            while (digits < rest.Length && digits < 8 && char.IsAsciiDigit(rest[digits]))
                digits++;
            rest = rest[digits..];
            return digits > 0;
        }
    }
}
