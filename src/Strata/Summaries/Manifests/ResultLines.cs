using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Summaries.Manifests;

/// <summary>The lines of a tool result that code can understand: exit code, first error, commits.</summary>
internal static partial class ResultLines
{
    // Failures announce themselves at the beginning or at the end; a megabyte between them is output, not verdict.
    private const int Head = 20_000;
    private const int Tail = 4_000;

    public static int? ExitCode(string result)
    {
        var head = ExitCodeLine().Match(result[..Math.Min(result.Length, 400)]);
        var found = head.Success ? head : ExitCodeLine().Match(result[Math.Max(0, result.Length - 400)..]);
        return found.Success && int.TryParse(found.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
    }

    /// <summary>The first line that names an error; null when none does.</summary>
    public static string? FirstError(string result) =>
        FirstErrorIn(result.AsSpan(0, Math.Min(result.Length, Head))) ??
        (result.Length > Head ? FirstErrorIn(result.AsSpan(Math.Max(Head, result.Length - Tail))) : null);

    public static IEnumerable<(string Branch, string Sha, string Subject)> Commits(string result)
    {
        if (!result.Contains('[', StringComparison.Ordinal))
            yield break;
        var window = result.Length > Head ? result[..Head] : result;
        for (var commit = CommitLine().Match(window); commit.Success; commit = commit.NextMatch())
            yield return (commit.Groups["branch"].Value, commit.Groups["sha"].Value, commit.Groups["subject"].Value.Trim());
    }

    private static string? FirstErrorIn(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            // "Exit code 1" alone says that, not what: the next error line does.
            if (line.Length is < 8 or > 2000 || line.StartsWith("Exit code") || !ErrorWord().IsMatch(line))
                continue;
            return line.ToString();
        }

        return null;
    }

    [GeneratedRegex(@"\b(?:exit(?:ed)?(?: with)?(?: code| status)|exit_code""?)[: ]+(?<code>\d{1,3})\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ExitCodeLine();

    [GeneratedRegex(@"\b(?:error|fatal|panic|failed|FAIL|Traceback|exception|cannot|undefined|not found|denied|no such file)\b|(?:Error|Exception):", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ErrorWord();

    [GeneratedRegex(@"^\[(?<branch>[\w./-]{1,80})(?: \(root-commit\))? (?<sha>[0-9a-f]{7,40})\] (?<subject>[^\n]{1,200})", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommitLine();
}
