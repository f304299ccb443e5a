using System.Buffers;
using System.Text.RegularExpressions;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Tests;

/// <summary>What a line of a test run says, in the words of the common test runners.</summary>
internal static partial class TestLines
{
    private static readonly string[] PassedMarks =
    [
        "✓ ", "✔ ", "√ ", "✅ ", "PASS ", "PASS\t", "PASS:", "ok \t", "ok  \t", "--- PASS", "=== RUN", "=== PAUSE", "=== CONT", "=== NAME",
        "[       OK ]", "[ RUN      ]",
        "Passed ", "[PASS]", "[pass]", "?   \t", "passed ", "PASSED ",
    ];

    private static readonly string[] FailedMarks =
    [
        "✗ ", "✘ ", "✕ ", "× ", "❌ ", "● ", "not ok ", "FAIL", "--- FAIL", "[  FAILED  ]", "Failed ", "FAILED ", "failed ", "[FAIL]",
        "E   ", "E  ", "> ", "ERROR ", "thread '", "Assert",
    ];

    private static readonly SearchValues<string> Words =
        SearchValues.Create(["pass", "fail", "test", "ok (", "examples"], StringComparison.OrdinalIgnoreCase);

    /// <summary>A quick no for texts without a word of tests.</summary>
    public static bool MayStandIn(string text) => text.AsSpan().ContainsAny(Words);

    /// <summary>A line that counts tests or says how a run ended.</summary>
    public static bool IsVerdict(ReadOnlySpan<char> line) => line.Length is > 3 and < 400 && Verdict().IsMatch(line);

    /// <summary>Whether the line lists one test, or the tests of one file, that passed.</summary>
    public static bool IsPassed(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        if (text.IsEmpty)
            return false;
        foreach (var mark in PassedMarks)
        {
            if (text.StartsWith(mark, StringComparison.Ordinal))
                return !FailureWords.IsFailure(text) || mark[0] is '=' or '-' or '✓' or '✔' or '√';
        }

        text = text.TrimEnd();
        return text is "PASS" || text.EndsWith(" ... ok") || text.EndsWith(" ... passed") || text.EndsWith(" PASSED")
            || text.EndsWith(" -- PASS") || text.Contains(" PASSED  ", StringComparison.Ordinal)
            || (text.StartsWith("ok ") && text.Length > 3 && char.IsAsciiDigit(text[3]))
            || (!char.IsWhiteSpace(line[0]) && IsDots(text));
    }

    public static bool IsFailed(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        foreach (var mark in FailedMarks)
        {
            if (text.StartsWith(mark, StringComparison.Ordinal))
                return true;
        }

        text = text.TrimEnd();
        return text.EndsWith(" FAILED") || text.EndsWith(" ... FAILED") || text.EndsWith(" ERROR")
            || text.Contains(" FAILED  ", StringComparison.Ordinal) || NumberedFailure().IsMatch(text);
    }

    /// <summary>pytest's headings: <c>==== FAILURES ====</c>, and the lines between its failures.</summary>
    public static bool IsSection(ReadOnlySpan<char> line) =>
        line.Length > 12 && ((line.StartsWith("==") && line.EndsWith("==") && !IsVerdict(line)) || line is "failures:" or "Failures:");

    public static bool IsFailureSection(ReadOnlySpan<char> line) =>
        line.Contains("FAILURES", StringComparison.Ordinal) || line.Contains("ERRORS", StringComparison.Ordinal)
            || line.Contains("short test summary", StringComparison.Ordinal);

    /// <summary>The name in <c>--- FAIL: TestX (0.01s)</c>; empty on any other line.</summary>
    public static ReadOnlySpan<char> FailedGoTest(ReadOnlySpan<char> line) => Name(line.TrimStart(), "--- FAIL: ");

    /// <summary>The name in <c>=== RUN TestX</c> and its like; empty on any other line.</summary>
    public static ReadOnlySpan<char> RunningGoTest(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith("=== "))
            return [];
        var rest = line[4..];
        var name = rest.IndexOfAny(' ', '\t');
        return name < 0 ? [] : rest[name..].Trim();
    }

    /// <summary>Whether the output of the go test before it ends here.</summary>
    public static bool EndsGoTest(ReadOnlySpan<char> line) =>
        line.StartsWith("=== ") || line.TrimStart().StartsWith("--- ") || line.StartsWith("FAIL") || line.StartsWith("PASS")
            || line.StartsWith("ok  \t");

    /// <summary>How many tests a line of <see cref="IsPassed"/> stands for.</summary>
    public static int PassedIn(ReadOnlySpan<char> line) =>
        IsDots(line.Trim()) ? line.Count('.') - (line.Contains(".py", StringComparison.Ordinal) ? 1 : 0) : 1;

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> line, string prefix)
    {
        if (!line.StartsWith(prefix, StringComparison.Ordinal))
            return [];
        var name = line[prefix.Length..];
        var end = name.IndexOf(' ');
        return end < 0 ? name : name[..end];
    }

    // "tests/test_a.py ....s.. [ 45%]" and "......": a letter for a failure would be F or E.
    private static bool IsDots(ReadOnlySpan<char> text)
    {
        if (text.EndsWith("%]") && text.LastIndexOf('[') is > 0 and var percent)
            text = text[..percent].TrimEnd();
        var dots = text.Length;
        while (dots > 0 && text[dots - 1] is '.' or 's' or 'x' or '*')
            dots--;
        var run = text[dots..];
        return run.Length >= 1 && run.Contains('.')
            && (dots == 0 ? run.Length >= 3 : text[dots - 1] == ' ' && text[..dots].TrimEnd().EndsWith(".py"));
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\A(?:=+ .*\b(?:passed|failed|errors?|no tests ran)\b.* in [0-9.]+|\s{0,12}(?:Tests|Test Files|Test Suites|Snapshots):? +\d"
            + @"|test result: |(?:Passed|Failed)! +- Failed:|Total tests: |Test summary: |\S{0,12} ?Tests run: ?\d|Test Run (?:Successful"
            + @"|Failed)|FAIL\t|ok +\t|FAIL\z|PASS\z|--- FAIL: |TAP version|1\.\.\d+\z|# (?:tests|pass|fail) \d|\d+ (?:tests?|examples?"
            + @"|doctests?|specs?|scenarios?), |\s{0,4}\d+ (?:passing|failing|pending)\b|Ran \d+ tests? in |OK \(|FAILURES!|FAILED \("
            + @"|running \d+ tests?\z|\[ +(?:PASSED|FAILED) +\] \d|Tests: \d|Finished in [0-9.]+)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Verdict();

    // ExUnit, RSpec and mocha number their failures: "  1) test it works (AppTest)"
    [GeneratedRegex(@"\A\d{1,4}\) \S", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NumberedFailure();
}
