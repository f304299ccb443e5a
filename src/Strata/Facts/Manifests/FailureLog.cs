using System.Text.RegularExpressions;

namespace Strata.Facts.Manifests;

/// <summary>Failures, how often each came, and what was done until the same thing went through.</summary>
internal sealed partial class FailureLog
{
    private const int Most = 100;

    private const int MostSteps = 6;
    private const int ShownSteps = 2;

    private const int ReasonGroups = 6;
    private const int LongestReason = 200;
    private const int LongestSearched = 4_000;

    // A summary carries no more of a line that was cured.
    private const int LongestKey = 120;

    private readonly RecentEntries<ErrorEntry> _entries = new(Most);
    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);

    private sealed record Open(IReadOnlyList<CommandGoal> Goals)
    {
        public List<string> Steps { get; } = [];
    }

    public IReadOnlyList<ErrorEntry> ToList() => [.. _entries.Values];

    public void Carry(ErrorEntry error)
    {
        _entries.Put(KeyOf(error), error);
        if (error.Cure is null)
            _open[KeyOf(error)] = new Open(CommandGoal.Of(ShellCommand.Parts(error.Source)));
    }

    /// <summary>A failure without a line that says what failed is none to tell of.</summary>
    public void Failed(ToolOutcome failure, IReadOnlyList<CommandGoal> goals)
    {
        if (failure.Error is not { } line)
            return;
        // The same command got further: what stopped it before does not any more.
        foreach (var key in _open.Keys.Where(key => IsGone(key, failure)).ToList())
            Close(key, "gone", failure.Source);
        var error = new ErrorEntry(line, failure.Source, failure.Group);
        var name = KeyOf(error);
        var before = _entries.Find(name);
        _entries.Put(name, error with { Times = (before?.Times ?? 0) + 1, Reason = before?.Reason });
        if (!_open.ContainsKey(name))
            _open[name] = new Open(goals);
    }

    /// <summary>Something that was done while failures were open, and may have cured them.</summary>
    public void Did(string step)
    {
        foreach (var open in _open.Values)
        {
            open.Steps.Remove(step);
            open.Steps.Add(step);
            if (open.Steps.Count > MostSteps)
                open.Steps.RemoveAt(0);
        }
    }

    public void Succeeded(string source, IReadOnlyList<CommandGoal> goals)
    {
        foreach (var (key, open) in _open.ToList())
        {
            // The last part of a command runs only when all before it went through.
            if ((_entries.Find(key) is { } error && IsSameOrMore(source, error.Source))
                || (open.Goals is [.., var goal] && goals.Any(done => done.Covers(goal))))
                Close(key, "passed", source);
        }
    }

    // The call with an argument more ("force: true") is the same call.
    private static bool IsSameOrMore(string source, string failed) =>
        source == failed
            || (source.Length > failed.Length && source.StartsWith(failed, StringComparison.Ordinal)
                && source.AsSpan(failed.Length).StartsWith(", "));

    /// <summary>What the assistant says soon after a failure about its reason, if it does.</summary>
    public void Said(ReadOnlySpan<char> text, int group)
    {
        if (_entries.Values.LastOrDefault() is not { Cure: null, Reason: null } error || error.Group < 0
            || group - error.Group > ReasonGroups)
            return;
        text = text[..Math.Min(text.Length, LongestSearched)];
        foreach (var range in text.Split('\n'))
        {
            var line = text[range].Trim();
            if (!GivesReason().IsMatch(line) || SentenceWithReason(line) is not { Length: > 0 and <= LongestReason } sentence)
                continue;
            _entries.Update(KeyOf(error), error with { Reason = sentence });
            return;
        }
    }

    private bool IsGone(string key, ToolOutcome failure) =>
        _entries.Find(key) is not { } known
            || (known.Source == failure.Source && known.Group >= 0 && !failure.Text.Contains(known.Line, StringComparison.Ordinal));

    private void Close(string key, string how, string command)
    {
        if (!_open.Remove(key, out var open) || _entries.Find(key) is not { } error)
            return;
        var other = command == error.Source ? "" : $" as `{command}`";
        var steps = CuresOf(error, open.Steps);
        var cure = (steps.Count, other.Length) switch
        {
            (0, 0) => $"{how} when run again",
            (0, _) => how + other,
            _ => $"{how} after {string.Join(", ", steps)}",
        };
        _entries.Update(key, error with { Cure = cure });
    }

    // What was edited may have cured it, of the commands only one of the same program ("npm install" for "npm test") or one that the line
    // itself asks for; an edit of a file that the line names comes first.
    private static List<string> CuresOf(ErrorEntry error, List<string> steps)
    {
        var program = FirstWord(error.Source);
        var likely = steps.Where(step =>
            step[0] != '`' || FirstWord(step.AsSpan(1)) == program || error.Line.Contains(step[1..^1], StringComparison.Ordinal)).ToList();
        var named = likely.Where(step => error.Line.Contains(
            step[0] == '`' ? step[1..^1] : step[(step.LastIndexOfAny(['/', ' ']) + 1)..], StringComparison.Ordinal)).ToList();
        return [.. (named.Count > 0 ? named : likely).TakeLast(ShownSteps)];
    }

    private static string FirstWord(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(' ', '`');
        return (end < 0 ? text : text[..end]).ToString();
    }

    private static string SentenceWithReason(ReadOnlySpan<char> line)
    {
        var start = 0;
        while (start < line.Length)
        {
            var dot = line[start..].IndexOf(". ", StringComparison.Ordinal);
            var end = dot < 0 ? line.Length : start + dot + 1;
            var sentence = line[start..end].Trim();
            if (GivesReason().IsMatch(sentence))
                return sentence.ToString();
            start = end;
        }

        return "";
    }

    // Numbers in the line are times and ports: the same failure has others every time.
    private static string KeyOf(ErrorEntry error) =>
        string.Create(error.Source.Length + 1 + Math.Min(error.Line.Length, LongestKey), error, static (key, error) =>
        {
            error.Source.CopyTo(key);
            key[error.Source.Length] = '\n';
            var line = key[(error.Source.Length + 1)..];
            error.Line.AsSpan(0, line.Length).CopyTo(line);
            foreach (ref var c in line)
                c = char.IsAsciiDigit(c) ? '0' : c;
        });

    // "Because" alone explains anything; beside a failure it explains that.
    [GeneratedRegex(
        @"\b(?:the (?:issue|problem|bug|error|cause|reason|failure) (?:is|was|seems|comes)|root cause|caused by|turns out|(?:fail|error"
            + @"|broke|crash)\w{0,5}\b[^.]{0,80}\b(?:because|due to|since)|liegt (?:an|daran)|el problema es|la causa es|le problème (?:est"
            + @"|vient))\b|原因是|問題は",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex GivesReason();
}
