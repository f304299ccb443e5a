using System.Text.RegularExpressions;
using Strata.Text;

namespace Strata.Facts.Manifests;

/// <summary>A command as it is told and known again: on one line, cut, and without what only bounds or merges its output.</summary>
internal static partial class CommandText
{
    /// <summary>UTF-16 chars.</summary>
    public const int Longest = 140;

    // Longer ones are scripts.
    private const int LongestBounded = 4_000;

    /// <summary>So that <c>make 2>&amp;1 | tail -5</c> is <c>make</c> run again.</summary>
    public static string Of(string command)
    {
        command = command.Trim();
        if (command.Length <= LongestBounded && command.AsSpan().ContainsAny('>', '|')
            && Bounds().Replace(command, "") is { Length: > 0 } told)
            command = told;
        return OneLine.Of(OneLine.Of(command, Longest));
    }

    [GeneratedRegex(
        @" 2>&1\b| ?\| ?(?:head|tail)(?: -n)? ?-?\d{0,9}\s{0,9}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Bounds();
}
