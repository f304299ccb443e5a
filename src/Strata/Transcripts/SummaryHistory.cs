using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Transcripts;

/// <summary>
/// The history section of a summary: its parts in order, each under a line with its level and the range that recalls it (<c>earlier</c>:
/// from what an earlier compaction was given). What parts say
/// stands behind two blanks, so no text can pass for a line of ours, and every part is read back as it was written.
/// </summary>
public static partial class SummaryHistory
{
    /// <summary>The tag of the section.</summary>
    public const string Tag = "history";

    private const string Open = "<" + Tag + ">";
    private const string Close = "</" + Tag + ">";
    private const string Indent = "  ";

    /// <summary>The section; empty when there are no parts.</summary>
    public static string Write(IReadOnlyList<SummaryPart> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        if (parts.Count == 0)
            return "";
        var text = new StringBuilder(Open);
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\nLevel {part.Level} [{(part.IsEarlier ? "earlier" : "recall")} {part.First}..{part.Last}]:");
            foreach (var line in LineEnd().Split(part.Text))
                text.Append('\n').Append(Indent).Append(line);
        }

        return text.Append('\n').Append(Close).ToString();
    }

    /// <summary>The parts that <paramref name="summary"/> tells; empty when it has no history section.</summary>
    public static IReadOnlyList<SummaryPart> Read(string summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var parts = new List<SummaryPart>();
        if (Section(summary) is not { } section)
            return parts;
        foreach (var line in section.Split('\n'))
        {
            if (line.StartsWith(Indent, StringComparison.Ordinal) && parts is [.., var last])
                parts[^1] = last with { Text = last.Text.Length == 0 ? line[2..] : last.Text + "\n" + line[2..] };
            else if (Heading().Match(line) is { Success: true } heading
                && Handle.TryParse(heading.Groups["first"].Value, out var from)
                && Handle.TryParse(heading.Groups["last"].Value, out var to))
                parts.Add(new SummaryPart(
                    heading.Groups["level"].Value[0] - '0', from, to, "", heading.Groups["where"].ValueSpan is "earlier"));
        }

        return [.. parts.Where(part => part.Text.Length > 0)];
    }

    /// <summary>The summary without its history section.</summary>
    public static string Without(string summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return Section(summary) is { } section ? summary.Replace("\n" + section, "", StringComparison.Ordinal) : summary;
    }

    // Only our own header makes a section ours: tags inside a user's text are text.
    private static string? Section(string summary)
    {
        if (!summary.AsSpan().TrimStart().StartsWith(SummaryHeader.Prefix))
            return null;
        var start = summary.IndexOf("\n" + Open + "\n", StringComparison.Ordinal);
        var end = start < 0 ? -1 : summary.IndexOf("\n" + Close, start, StringComparison.Ordinal);
        return end < 0 ? null : summary[(start + 1)..(end + 1 + Close.Length)];
    }

    [GeneratedRegex(@"\r\n|[\n\r\v\f\u0085\u2028\u2029]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"\ALevel (?<level>[0-9]) \[(?<where>recall|earlier) (?<first>\w{12})\.\.(?<last>\w{12})\]:\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();
}
