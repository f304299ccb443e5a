using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Facts.Manifests;

/// <summary>Whether a call failed.</summary>
internal static partial class ResultVerdict
{
    private const int LongestLine = 400;

    /// <summary>
    /// Where the result quotes files or logs, what they say about errors is their content; only the first line speaks of the call.
    /// </summary>
    public static bool Failed(FunctionResultContent result, string text, bool quotes)
    {
        if (result.Exception is not null)
            return true;
        var first = FirstLine(text);
        if (quotes)
            return FailedLine().IsMatch(first);
        // A pipe hides the exit code of what it reads from: "failed to …" and "3 errors" are all there is then.
        return GaveUp().IsMatch(first) || GaveUp().IsMatch(LastLine(text)) || ImportanceRules.Failed(result) ||
            (ResultLines.Outcome(text) is { } outcome && CountsErrors().IsMatch(outcome));
    }

    private static ReadOnlySpan<char> FirstLine(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        text = text[..Math.Min(text.Length, LongestLine)];
        var end = text.IndexOf('\n');
        return end < 0 ? text : text[..end];
    }

    private static ReadOnlySpan<char> LastLine(ReadOnlySpan<char> text)
    {
        text = text.TrimEnd();
        text = text[Math.Max(0, text.Length - LongestLine)..];
        return text[(text.LastIndexOf('\n') + 1)..];
    }

    [GeneratedRegex(
        @"\A(?:<tool_use_error>|exit code [1-9]|(?:error|fatal)\b)|: (?:command not found|no such file or directory|permission denied)\z"
            + @"|\A(?:file|path) (?:not found|does not exist)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FailedLine();

    [GeneratedRegex(@"\A(?:(?:failed|unable|could not|cannot|unknown (?:\w{1,20} )?(?:flag|option|command|argument)|unrecognized|invalid"
        + @"|usage)\b|[\w -]{1,60} failed(?:[:.!]|\z))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex GaveUp();

    [GeneratedRegex(@"\b[1-9]\d{0,6} (?:errors?|failures?|failed)\b|\A\W*[1-9]\d{0,6} (?:issues|problems)\W*\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CountsErrors();
}
