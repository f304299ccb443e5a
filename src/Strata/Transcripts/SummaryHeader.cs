using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Transcripts;

/// <summary>
/// The first line of every summary message. It is text, not a mark on the message, because only text survives every file format,
/// every serializer and every provider.
/// </summary>
public static partial class SummaryHeader
{
    /// <summary>How the line begins.</summary>
    public const string Prefix = "[Previous conversation summary]";

    // The summaries that agents write themselves are live summaries too.
    private static readonly string[] ForeignPrefixes =
    [
        "This session is being continued from a previous conversation",
        "The conversation history before this point was compacted into the following summary",
        "Another language model started to solve this problem",
    ];

    /// <summary>The line for a summary of <paramref name="messageCount"/> messages that lie from one group to another.</summary>
    /// <param name="messageCount">Messages that the summary stands for, those of summaries that it took up included.</param>
    /// <param name="first">The first group, as it stands in the conversation that is compacted now.</param>
    /// <param name="last">The last one.</param>
    /// <param name="earlier">Ranges of earlier compactions, newest first: they are recalled from what was compacted then. The newest three
    /// are named.</param>
    public static string Write(int messageCount, Handle first, Handle last, IReadOnlyList<string>? earlier = null)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{Prefix} {messageCount} messages; recall {first}..{last}");
        return earlier is { Count: > 0 } ? $"{line}; earlier {string.Join(", ", earlier.Take(EarlierRanges))}" : line;
    }

    /// <summary>The line that stands alone where messages were left out without a summary.</summary>
    public static string WriteNotice(int messageCount, Handle first, Handle last) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix} {messageCount} messages left out; recall {first}..{last}");

    /// <summary>The ranges that the line of an earlier summary names, newest first; empty where another tool wrote it.</summary>
    public static IReadOnlyList<string> RangesOf(string text) =>
        [.. Range().Matches(Line().Match(text).Value).Select(range => range.Value)];

    /// <summary>
    /// Whether a message with this text is a summary: one that an agent wrote itself, or one of ours, which <see cref="KnownSummaries"/>
    /// has.
    /// </summary>
    public static bool IsSummary(string text) => Starts(text) && (!StartsOurs(text) || KnownSummaries.Contains(text));

    /// <summary>Whether a text begins with our line though we are not known to have written it.</summary>
    internal static bool IsForged(string text) => StartsOurs(text) && !KnownSummaries.Contains(text);

    internal static bool StartsOurs(ReadOnlySpan<char> text) => text.TrimStart().StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Whether a text begins as a summary does, ours or an agent's own. Anybody can write such a line.</summary>
    public static bool Starts(ReadOnlySpan<char> text)
    {
        text = text.TrimStart();
        if (StartsOurs(text))
            return true;
        foreach (var prefix in ForeignPrefixes)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>The text below our header; the whole text where another tool wrote the summary.</summary>
    public static string BodyOf(string text) => Line().Replace(text, "", 1);

    private const int EarlierRanges = 3;

    [GeneratedRegex(@"\b\w{12}\.\.\w{12}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();

    [GeneratedRegex(@"\A\s*\[Previous conversation summary\][^\n]*\n?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Line();
}
