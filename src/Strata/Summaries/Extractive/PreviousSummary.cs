using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Summaries.Languages;
using Strata.Summaries.Manifests;
using Strata.Transcripts;

namespace Strata.Summaries.Extractive;

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
            MessageCount = int.TryParse(header.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 1,
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

    public static FileEntry? File(SummaryEntry entry, string root)
    {
        var match = FileLine().Match(entry.Text);
        if (!match.Success)
            return null;
        var path = match.Groups["path"].Value;
        if (root.Length > 0 && path[0] is not ('/' or '~'))
            path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : root + path;
        var uses = match.Groups["uses"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(Use).ToList();
        var state = match.Groups["state"].Value switch { "created" => FileState.Created, "edited" => FileState.Edited, _ => FileState.Seen };
        return new FileEntry(path, uses, state, -1);
    }

    public static CommandEntry? Command(SummaryEntry entry)
    {
        var match = CommandLine().Match(entry.Text);
        if (!match.Success)
            return null;
        int? code = int.TryParse(match.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        var line = match.Groups["line"];
        return new CommandEntry(
            match.Groups["command"].Value, code, match.Groups["failed"].Success || code > 0, line.Success ? line.Value : null, -1);
    }

    public static TaskEntry? Task(SummaryEntry entry)
    {
        var match = TaskLine().Match(entry.Text);
        if (!match.Success)
            return null;
        var state = match.Groups["state"].Value switch { "done" => TaskState.Done, "in progress" => TaskState.InProgress, _ => TaskState.Open };
        return new TaskEntry(match.Groups["text"].Value, state, match.Groups["id"] is { Success: true } id ? id.Value : null);
    }

    public static ErrorEntry Error(SummaryEntry entry)
    {
        var from = entry.Text.LastIndexOf(" (from ", StringComparison.Ordinal);
        return from > 0 && entry.Text[^1] == ')'
            ? new ErrorEntry(entry.Text[..from], entry.Text[(from + 7)..^1], -1)
            : new ErrorEntry(entry.Text, "", -1);
    }

    public static CommitEntry? Commit(SummaryEntry entry)
    {
        var match = CommitLine().Match(entry.Text);
        return match.Success
            ? new CommitEntry(match.Groups["sha"].Value, match.Groups["branch"].Value, match.Groups["subject"].Value, -1)
            : null;
    }

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

    private static ToolUse Use(string use)
    {
        var times = use.LastIndexOf(" ×", StringComparison.Ordinal);
        return times > 0 && int.TryParse(use.AsSpan(times + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new ToolUse(use[..times], count)
            : new ToolUse(use, 1);
    }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\A\s*\[Previous conversation summary\] (?<count>\d{1,9}) messages\b", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Header();

    [GeneratedRegex(@"\A(?<path>.+) \((?<uses>[^();]*)(?:; (?<state>edited|created))?\)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileLine();

    [GeneratedRegex(@"\A`(?<command>.+?)`(?: → (?:exit (?<code>\d+)|(?<failed>failed))(?:: (?<line>.*))?)?\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"\A\[[ x~]\] (?<text>.+) \((?<state>open|in progress|done)(?:, task (?<id>\w+))?\)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TaskLine();

    [GeneratedRegex(@"\A(?<sha>[0-9a-f]{7,40}) on (?<branch>\S+): (?<subject>.*)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommitLine();
}

/// <summary>An entry of a summary: its text, where it came from, and the indented lines below it.</summary>
internal sealed record SummaryEntry(string Text, Handle? Handle, List<string> Lines);
