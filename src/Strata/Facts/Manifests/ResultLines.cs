using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Text;

namespace Strata.Facts.Manifests;

/// <summary>The lines of a tool result that code can understand: exit code, first error, verdict, commits.</summary>
internal static partial class ResultLines
{
    // Failures announce themselves at the beginning or at the end; a megabyte between them is output, not verdict.
    private const int Head = 20_000;
    private const int Tail = 4_000;
    private const int LongestLine = 2_000;
    private const int LongestKept = 300;

    private static readonly SearchValues<string> ErrorWords = SearchValues.Create(
        ["error", "fatal", "panic", "fail", "traceback", "exception", "cannot", "undefined", "not found", "denied", "no such file"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> VerdictWords = SearchValues.Create(
        ["pass", "fail", "success", "succeeded", "issue", "warning", "error", "http", "localhost", "->", "clean", "up to date",
            "installed"], StringComparison.OrdinalIgnoreCase);

    public static int? ExitCode(string result)
    {
        var head = ExitCodeLine().Match(result[..Math.Min(result.Length, 400)]);
        var found = head.Success ? head : ExitCodeLine().Match(result[Math.Max(0, result.Length - 400)..]);
        return found.Success && int.TryParse(found.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var code)
            ? code : null;
    }

    /// <summary>The first line that names an error; null when none does.</summary>
    public static string? FirstError(string result) =>
        FirstErrorIn(result.AsSpan(0, Math.Min(result.Length, Head))) ??
        (result.Length > Head ? FirstErrorIn(result.AsSpan(Math.Max(Head, result.Length - Tail))) : null);

    /// <summary>
    /// What a command that went through came to: its only line, or the last one that gives a verdict, a link or an address.
    /// </summary>
    public static string? Outcome(string result)
    {
        var text = result.AsSpan().Trim();
        if (text.Length == 0)
            return null;
        if (!text.Contains('\n'))
            return text[..TextCut.Before(text, LongestKept)].ToString();
        text = text[Math.Max(0, text.Length - Tail)..];
        if (!text.ContainsAny(VerdictWords))
            return null;
        while (text.Length > 0)
        {
            var line = text[(text.LastIndexOf('\n') + 1)..].Trim();
            if (line.Length is >= 6 and <= LongestKept && line.ContainsAny(VerdictWords) && Verdict().IsMatch(line))
                return line.ToString();
            text = text[..Math.Max(0, text.LastIndexOf('\n'))];
        }

        return null;
    }

    public static IEnumerable<(string Branch, string Sha, string Subject)> Commits(string result)
    {
        if (!result.Contains('[', StringComparison.Ordinal))
            yield break;
        var window = result.Length > Head ? result[..Head] : result;
        for (var commit = CommitLine().Match(window); commit.Success; commit = commit.NextMatch())
            yield return (commit.Groups["branch"].Value, commit.Groups["sha"].Value, commit.Groups["subject"].Value.Trim());
    }

    /// <summary>The newest line of a <c>git log --oneline</c>.</summary>
    public static (string Sha, string Subject)? LoggedCommit(string result) =>
        LogLine().Match(result[..Math.Min(result.Length, Head)]) is { Success: true } line
            ? (line.Groups["sha"].Value, line.Groups["subject"].Value.Trim()) : null;

    private static string? FirstErrorIn(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(ErrorWords) is >= 0 and var hit)
        {
            var end = text[hit..].IndexOf('\n');
            end = end < 0 ? text.Length : hit + end;
            var line = text[(text[..hit].LastIndexOf('\n') + 1)..end].Trim();
            // "Exit code 1" and the head of a traceback say that, not what: the next error line does.
            if (line.Length is >= 8 and <= LongestLine && !line.StartsWith("Exit code") && !line.StartsWith("Traceback (most")
                && ErrorWord().IsMatch(line))
                return line.ToString();
            text = text[end..];
        }

        return null;
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\b(?:exit(?:ed)?(?: with)?(?: code| status)|exit_code""?)[: ]+(?<code>\d{1,3})\b", Options | RegexOptions.IgnoreCase,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ExitCodeLine();

    [GeneratedRegex(@"\b(?:error|fatal|panic|failed|FAIL|Traceback|exception|cannot|undefined|not found|denied|no such file)\b|(?:Error"
        + @"|Exception):", Options | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ErrorWord();

    [GeneratedRegex(@"\b\d+ (?:tests?|examples?|specs?|passed|passing|failed|failures?|failing|errors?|issues?)\b|\b(?:build|compilation"
        + @"|tests?|deploy\w*|push|upload)\b.{0,20} (?:succeeded|successful|passed|complete[d]?|clean)|^(?:ok|pass(?:ed)?!?|success\w*"
        + @"|done)\b|\bsuccessfully\b|\b(?:no|all) (?:issues|errors|warnings|checks|tests)\b|https?://|\blocalhost:\d|\S -> \S"
        + @"|\bup to date\b", Options | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Verdict();

    [GeneratedRegex(@"^\[(?<branch>[\w./-]{1,80})(?: \(root-commit\))? (?<sha>[0-9a-f]{7,40})\] (?<subject>[^\n]{1,200})",
        Options | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommitLine();

    [GeneratedRegex(@"^(?<sha>[0-9a-f]{7,40}) (?:\([^)\n]{1,200}\) )?(?<subject>[^\n]{1,200})", Options | RegexOptions.Multiline,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LogLine();
}
