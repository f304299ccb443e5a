using System.Globalization;
using System.Text.RegularExpressions;
using Strata.LevelZero.Wording;
using Strata.Transcripts;

namespace Strata.LevelZero;

/// <summary>One of our own summaries, read back: its entries go on as they are, never summarized again.</summary>
internal sealed partial class PreviousSummary
{
    private readonly Dictionary<string, List<SummaryEntry>> _blocks = new(StringComparer.Ordinal);

    /// <summary>What the paths of its files are relative to; empty when they are whole.</summary>
    public string Root { get; private set; } = "";

    /// <summary>How many messages it stands for; 1 when its header does not say.</summary>
    public int MessageCount { get; private init; } = 1;

    public IReadOnlyList<SummaryEntry> this[string label] => _blocks.TryGetValue(label, out var entries) ? entries : [];

    /// <summary>Null when the text is neither a notice nor has one of our sections: another tool wrote it.</summary>
    public static PreviousSummary? Parse(string text)
    {
        if (!text.TrimStart().StartsWith(SummaryHeader.Prefix, StringComparison.Ordinal))
            return null;
        var header = Header().Match(text);
        var summary = new PreviousSummary
        {
            MessageCount =
                int.TryParse(header.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1,
        };
        List<SummaryEntry>? block = null;
        foreach (var line in SummaryHeader.BodyOf(text).Split('\n'))
        {
            if (line.StartsWith(SummaryFormat.Entry, StringComparison.Ordinal))
            {
                var (entry, handle) = SummaryFormat.SplitHandle(line[2..]);
                block?.Add(new SummaryEntry(entry, handle, []));
            }
            else if (line.StartsWith(SummaryFormat.Line, StringComparison.Ordinal))
            {
                if (block is { Count: > 0 })
                    block[^1].Lines.Add(line[2..]);
            }
            else
                block = summary.Block(line);
        }

        return summary._blocks.Count > 0 || string.IsNullOrWhiteSpace(SummaryHeader.BodyOf(text)) ? summary : null;
    }

    /// <summary>What the summaries among the groups tell of a talk: the lines of each of their entries.</summary>
    public static IEnumerable<IReadOnlyList<string>> TalkIn(Transcript transcript, IReadOnlyList<int> groups) =>
        from index in groups
        where transcript.Groups[index].Kind == GroupKind.Summary
        let summary = Parse(MessageText.Of(transcript.Groups[index].Messages[0]))
        where summary is not null
        from entry in summary[SummaryFormat.Said]
        select (IReadOnlyList<string>)[entry.Text, .. entry.Lines];

    private List<SummaryEntry>? Block(string line)
    {
        line = Labels.Read(line);
        if (line.StartsWith(SummaryFormat.FilesUnder, StringComparison.Ordinal) && line.EndsWith(':'))
        {
            Root = line[SummaryFormat.FilesUnder.Length..^1];
            line = SummaryFormat.Files;
        }

        if (!SummaryFormat.Sections.Any(section => section.Labels.Contains(line)))
            return null;
        return _blocks.TryGetValue(line, out var known) ? known : _blocks[line] = [];
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\A\s*\[Previous conversation summary\] (?<count>\d{1,9}) messages\b", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Header();
}

/// <summary>An entry of a summary: its text, where it came from, and the indented lines below it.</summary>
internal sealed record SummaryEntry(string Text, Handle? Handle, List<string> Lines);
