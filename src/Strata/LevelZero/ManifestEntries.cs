using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Facts.Manifests;
using Strata.Text;

namespace Strata.LevelZero;

/// <summary>How the entries of commands, findings, failures, tasks and commits stand in a summary, and how they are read back.</summary>
/// <remarks>
/// What <c>Write</c> makes of an entry that <c>Read</c> returned is the same text, whatever the command or the line holds.
/// </remarks>
internal static partial class ManifestEntries
{
    private const int FindingSourceChars = 80;
    private const int LineChars = 240;
    private const int CuredLineChars = 160;
    private const int OutcomeChars = 160;
    private const int CureChars = 120;
    private const int ReasonChars = 200;
    private const int TaskChars = 200;
    private const int SubjectChars = 200;

    private const string Found = " found: ";
    private const string NotCured = " → not cured";
    private const string Refused = " → refused by the user";
    private const string ReasonMark = "; reason given: ";

    /// <summary>Hands the entries of an earlier summary on, its files excepted.</summary>
    public static void Carry(PreviousSummary previous, ManifestBuilder manifest)
    {
        foreach (var entry in previous[SummaryFormat.Tasks])
        {
            if (ReadTask(entry.Text) is { } task)
                manifest.Tasks.Carry(task);
            var (done, open) = ReadMore(entry.Text);
            manifest.Tasks.CarryMore(done, open);
        }

        foreach (var command in previous[SummaryFormat.Commands].Select(entry => ReadCommand(entry.Text)).OfType<CommandEntry>())
            manifest.Carry(command);
        foreach (var finding in previous[SummaryFormat.Findings].Select(entry => ReadFinding(entry.Text)).OfType<FindingEntry>())
            manifest.Carry(finding);
        foreach (var error in previous[SummaryFormat.Errors].Select(entry => ReadError(entry.Text)).OfType<ErrorEntry>())
            manifest.Carry(error);
        foreach (var commit in previous[SummaryFormat.Commits].Select(entry => ReadCommit(entry.Text)).OfType<CommitEntry>())
            manifest.Carry(commit);
    }

    /// <summary>The line is left out where it stands among the failures already.</summary>
    public static string Write(CommandEntry command, bool withLine = true)
    {
        var outcome = command switch
        {
            { IsRefused: true } => Refused,
            { ExitCode: > 0 and var code } => string.Create(CultureInfo.InvariantCulture, $" → exit {code}"),
            { Failed: true } => " → failed",
            _ => "",
        };
        var line = withLine && Cut(command.Line ?? "", OutcomeChars) is { Length: > 0 } told ? $": {told}" : "";
        return $"{CodeSpan.Of(Cut(command.Command, CommandText.Longest))}{Times(command.Times)}{outcome}{line}";
    }

    public static CommandEntry? ReadCommand(string entry)
    {
        if (CodeSpan.Read(entry) is not var (command, rest) || CommandRest().Match(rest) is not { Success: true } match)
            return null;
        int? code =
            int.TryParse(match.Groups["code"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
        var line = match.Groups["line"] is { Success: true } told ? told.Value : null;
        return new CommandEntry(command, code, match.Groups["failed"].Success || code > 0, line, -1)
        {
            Times = TimesIn(match),
            IsRefused = match.Groups["refused"].Success,
        };
    }

    public static string Write(FindingEntry finding) =>
        $"{CodeSpan.Of(Cut(finding.Source, FindingSourceChars))}{Found}{Cut(finding.Line, OutcomeChars)}";

    public static FindingEntry? ReadFinding(string entry) =>
        CodeSpan.Read(entry) is var (source, rest) && rest.StartsWith(Found, StringComparison.Ordinal)
            ? new FindingEntry(source, rest[Found.Length..], -1)
            : null;

    public static string Write(ErrorEntry error)
    {
        var cure = error.Cure is { } how
            ? $" → {Cut(WithoutArrow(how).Replace(ReasonMark, "; ", StringComparison.Ordinal), CureChars)}"
            : NotCured;
        var reason = error.Reason is { } why ? ReasonMark + Cut(WithoutArrow(why), ReasonChars) : "";
        return $"{CodeSpan.Of(Cut(error.Source, CommandText.Longest))}{Times(error.Times)}: "
            + $"{Cut(error.Line, error.Cure is null ? LineChars : CuredLineChars)}{cure}{reason}";
    }

    private static string WithoutArrow(string text) => text.Replace(" → ", " - ", StringComparison.Ordinal);

    public static ErrorEntry? ReadError(string entry)
    {
        if (CodeSpan.Read(entry) is not var (source, rest) || ErrorRest().Match(rest) is not { Success: true } match)
            return null;
        var end = match.Groups["end"].Value;
        var mark = end.IndexOf(ReasonMark, StringComparison.Ordinal);
        var cure = (mark < 0 ? end : end[..mark]).TrimEnd();
        return new ErrorEntry(match.Groups["line"].Value, source, -1)
        {
            Times = TimesIn(match),
            Cure = cure == NotCured[3..] ? null : cure,
            Reason = mark < 0 ? null : end[(mark + ReasonMark.Length)..],
        };
    }

    public static string Write(TaskEntry task)
    {
        var (mark, state) = task.State switch
        {
            TaskState.Done => ("[x]", "done"),
            TaskState.InProgress => ("[~]", "in progress"),
            _ => ("[ ]", "open"),
        };
        var id = task.Id is { } number ? $", task {number}" : "";
        return $"{mark} {Cut(task.Text, TaskChars)} ({state}{id})";
    }

    public static TaskEntry? ReadTask(string entry)
    {
        var match = TaskLine().Match(entry);
        if (!match.Success)
            return null;
        var state =
            match.Groups["state"].Value switch { "done" => TaskState.Done, "in progress" => TaskState.InProgress, _ => TaskState.Open };
        return new TaskEntry(match.Groups["text"].Value, state, match.Groups["id"] is { Success: true } id ? id.Value : null);
    }

    /// <summary>Tasks there is no room for.</summary>
    public static string WriteMore(int count, bool done) =>
        done ? string.Create(CultureInfo.InvariantCulture, $"[x] … {count} more done")
            : string.Create(CultureInfo.InvariantCulture, $"[ ] … {count} more open");

    public static (int Done, int Open) ReadMore(string entry)
    {
        var match = MoreTasks().Match(entry);
        if (!match.Success
            || !int.TryParse(match.Groups["count"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return (0, 0);
        return match.Groups["done"].Success ? (count, 0) : (0, count);
    }

    public static string Write(CommitEntry commit) =>
        $"{commit.Sha}{(commit.Branch.Length > 0 ? $" on {commit.Branch}" : "")}: {Cut(commit.Subject, SubjectChars)}";

    public static CommitEntry? ReadCommit(string entry)
    {
        var match = CommitLine().Match(entry);
        return match.Success
            ? new CommitEntry(match.Groups["sha"].Value, match.Groups["branch"].Value, match.Groups["subject"].Value, -1)
            : null;
    }

    // Folded twice: a cut may leave a blank before its mark. What stands at the end like a handle would be read as one.
    private static string Cut(string text, int maxChars)
    {
        text = OneLine.Of(OneLine.Of(text, maxChars));
        while (SummaryFormat.SplitHandle($" {text}") is { Handle: not null } split)
            text = split.Text.Trim();
        return text;
    }

    private static string Times(int times) => times > 1 ? string.Create(CultureInfo.InvariantCulture, $" ×{times}") : "";

    private static int TimesIn(Match match) =>
        int.TryParse(match.Groups["times"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\A(?: ×(?<times>\d{1,9}))?(?: → (?:exit (?<code>\d{1,9})|(?<failed>failed)"
        + @"|(?<refused>refused by the user)))?(?:: (?<line>.*))?\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommandRest();

    [GeneratedRegex(@"\A(?: ×(?<times>\d{1,9}))?: (?<line>.*) → (?<end>.*)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ErrorRest();

    [GeneratedRegex(
        @"\A\[[ x~]\] (?<text>.+) \((?<state>open|in progress|done)(?:, task (?<id>\w+))?\)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TaskLine();

    [GeneratedRegex(@"\A\[[ x]\] … (?<count>\d{1,9}) more (?:(?<done>done)|open)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MoreTasks();

    [GeneratedRegex(@"\A(?<sha>[0-9a-f]{7,40})(?: on (?<branch>\S+))?:(?: (?<subject>.*))?\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CommitLine();
}
