using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Providers.Faults;

/// <summary>Takes out of a server's words what it must not repeat.</summary>
internal static partial class Scrubber
{
    private const int MostChars = 200;

    /// <summary>UTF-16 chars of the key in a row: four could be a word, and servers show the last four of a key that they mask.</summary>
    private const int KeyRun = 4;

    /// <summary>UTF-16 chars of the sent text in a row: shorter ones are words that anybody uses.</summary>
    private const int SentRun = 16;

    /// <summary>One line of at most 200 chars, without keys and without passages of what was sent.</summary>
    public static string Clean(string said, string? key, IEnumerable<string> sent)
    {
        var text = Spaces().Replace(said, " ").Trim();
        if (text.Length > 2 * MostChars)
            text = text[..(2 * MostChars)];
        if (key is not null)
            text = WithoutRuns(text, key, Math.Min(KeyRun, key.Length), "[key]");
        text = KeyLike().Replace(text, "[key]");
        foreach (var passage in sent)
            text = WithoutRuns(text, passage, SentRun, "…");
        if (text.Length <= MostChars)
            return text;
        return text[..(char.IsHighSurrogate(text[MostChars - 1]) ? MostChars - 1 : MostChars)] + "…";
    }

    private static string WithoutRuns(string text, string source, int run, string replacement)
    {
        if (run == 0 || source.Length < run)
            return text;
        var clean = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var length = RunAt(text, at, source, run);
            if (length == 0)
                clean.Append(text[at++]);
            else
                clean.Append(replacement);
            at += length;
        }

        return clean.ToString();
    }

    private static int RunAt(string text, int at, string source, int run)
    {
        if (at + run > text.Length || !source.Contains(text.AsSpan(at, run), StringComparison.Ordinal))
            return 0;
        while (at + run < text.Length && source.Contains(text.AsSpan(at, run + 1), StringComparison.Ordinal))
            run++;
        return run;
    }

    [GeneratedRegex(@"\s+|\p{Cc}+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(?:sk|pk|rk|gsk|hf|key)[-_][\w*.-]{5,}[\w*]|\bBearer\s+\S+",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex KeyLike();
}
