using System.Text;
using Microsoft.Extensions.AI;
using Strata.Archives.Search;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>What of a message is searched.</summary>
public static class SearchText
{
    /// <summary>Length of the longest excerpt in UTF-16 chars.</summary>
    public const int LongestExcerpt = 240;

    // Looked through for the best excerpt, in UTF-16 chars.
    private const int LongestLook = 1 << 18;

    /// <summary>Texts, reasoning, tool names, arguments and results; of media, names and addresses.</summary>
    public static string Of(ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Contents is [TextContent only])
            return only.Text;
        var text = new StringBuilder();
        foreach (var content in message.Contents)
        {
            Add(text, content switch
            {
                FunctionCallContent call => call.Name,
                UriContent uri => uri.Uri.OriginalString,
                DataContent data => data.Name,
                HostedFileContent file => $"{file.FileId} {file.Name}",
                _ => null,
            });
            Add(text, MessageText.Of(content));
        }

        return text.ToString();
    }

    /// <summary>One line of a text around most of the terms; its beginning where it holds none.</summary>
    public static string Excerpt(string text, IReadOnlyCollection<string> terms) =>
        FindExcerpt(text, terms) ?? OneLine.Of(Window(text, 0), LongestExcerpt);

    /// <summary>One line of a text around most of the terms; null where it holds none.</summary>
    public static string? FindExcerpt(string text, IReadOnlyCollection<string> terms)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(terms);
        var wanted = terms.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var hits = HitsIn(text.AsSpan(0, Math.Min(text.Length, LongestLook)), wanted);
        if (hits.Count == 0 && text.Length > LongestLook)
            hits = HitsIn(text, wanted);
        return hits.Count == 0 ? null : OneLine.Of(Window(text, Best(hits)), LongestExcerpt);
    }

    private static List<(int Start, string Term)> HitsIn(
        ReadOnlySpan<char> text, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> wanted)
    {
        var hits = new List<(int Start, string Term)>();
        TermScanner.Scan(text, (start, _, term) =>
        {
            if (wanted.TryGetValue(term, out var hit))
                hits.Add((start, hit));
        });
        return hits;
    }

    // Where the window begins that holds most different terms.
    private static int Best(List<(int Start, string Term)> hits)
    {
        var (best, most) = (0, 0);
        var inside = new Dictionary<string, int>(StringComparer.Ordinal);
        hits.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        for (int first = 0, next = 0; first < hits.Count; first++)
        {
            for (; next < hits.Count && hits[next].Start - hits[first].Start < LongestExcerpt / 2; next++)
                inside[hits[next].Term] = inside.GetValueOrDefault(hits[next].Term) + 1;
            if (inside.Count > most)
                (best, most) = (hits[first].Start, inside.Count);
            if (--inside[hits[first].Term] == 0)
                inside.Remove(hits[first].Term);
        }

        return best;
    }

    private static string Window(string text, int at)
    {
        var start = Math.Max(0, at - (LongestExcerpt / 4));
        while (start > 0 && start < at && !char.IsWhiteSpace(text[start - 1]))
            start++;
        var end = Math.Min(text.Length, start + (2 * LongestExcerpt));
        return (start > 0 ? "… " : "") + text[start..end];
    }

    private static void Add(StringBuilder text, string? part)
    {
        if (string.IsNullOrEmpty(part))
            return;
        if (text.Length > 0)
            text.Append('\n');
        text.Append(part);
    }
}
