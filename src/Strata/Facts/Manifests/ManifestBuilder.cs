using Microsoft.Extensions.AI;
using Strata.Facts.Replies;
using Strata.Text;

namespace Strata.Facts.Manifests;

/// <summary>Builds a <see cref="Manifest"/> from tool calls and results in their order, each read once.</summary>
/// <remarks>
/// A tool is known by the shape of its arguments (a path, a command, old and new text, a patch) and only then by its name, so tools of
/// any vendor are understood.
/// </remarks>
internal sealed class ManifestBuilder
{
    private const int MostCommands = 400;
    private const int MostCommits = 200;

    private readonly FileLog _files = new();
    private readonly FailureLog _failures = new();
    private readonly RecentEntries<CommandEntry> _commands = new(MostCommands);
    private readonly Findings _findings = new();
    private readonly RecentEntries<CommitEntry> _commits = new(MostCommits);
    private readonly HashSet<string> _aboutTasks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionCallContent> _waiting = new(StringComparer.Ordinal);

    public TaskList Tasks { get; } = new();

    public void Carry(FileEntry file) => _files.Carry(file);

    public void Carry(CommandEntry command) => _commands.Put(command.Command, command);

    public void Carry(FindingEntry finding) => _findings.Carry(finding);

    public void Carry(ErrorEntry error) => _failures.Carry(error);

    public void Carry(CommitEntry commit) => _commits.Put(commit.Sha, commit);

    public Manifest Build() =>
        new(_files.ToList(), [.. _commands.Values], _findings.ToList(), _failures.ToList(), Tasks,
            [.. _commits.Values]) { Gone = _files.Gone };

    /// <summary>Notes a call and returns the files it is about.</summary>
    public IReadOnlyList<string> Read(FunctionCallContent call, int group)
    {
        _waiting[call.CallId] = call;
        var files = _files.Read(call, group);
        if (Tasks.Read(call) && files.Count == 0)
            _aboutTasks.Add(call.CallId);
        return files;
    }

    /// <summary>Notes what the assistant says: it may give the reason of a failure.</summary>
    public void ReadText(string text, int group) => _failures.Said(text, group);

    /// <summary>Notes what came of a call. The reply is what the user said in it, null when the result is the tool's own.</summary>
    public void Read(FunctionResultContent result, string text, int group, UserReply? reply = null)
    {
        _waiting.Remove(result.CallId, out var call);
        Tasks.ReadResult(result);
        if (_aboutTasks.Remove(result.CallId))
            return;
        if (reply is not null)
        {
            if (call is not null && reply.Kind == UserReplyKind.Refused)
                Refuse(call, group);
        }
        else if (call is null)
        {
            if (ResultVerdict.Failed(result, text, quotes: false))
                _failures.Failed(new ToolOutcome("tool", true, text, group), []);
        }
        else if (CallText.Command(call) is { Length: > 0 } command && !_files.IsAbout(call.CallId))
        {
            ReadCommand(command, result, text, group);
        }
        else
        {
            ReadCall(call, result, text, group);
        }
    }

    // What the user did not let run did nothing, and there is nothing to be cured.
    private void Refuse(FunctionCallContent call, int group)
    {
        _files.ReadResult(call.CallId, failed: true);
        var source = CommandText.Of(CallText.Command(call) ?? (CallText.Path(call) is null ? CallText.Line(call) : CallText.Source(call)));
        _commands.Put(source, new CommandEntry(source, null, Failed: false, null, group) { IsRefused = true });
    }

    private void ReadCommand(string command, FunctionResultContent result, string text, int group)
    {
        var parts = ShellCommand.Parts(command);
        var goals = CommandGoal.Of(parts);
        var prints = goals.Count == 0;
        var outcome = new ToolOutcome(CommandText.Of(command), ResultVerdict.Failed(result, text, quotes: prints), text, group);
        var commits = prints || outcome.Failed ? [] : CommitsOf(goals, text, group);
        // A commit speaks for the command that made it and did nothing else; nor does that cure anything.
        var onlyCommits = commits.Count > 0 && goals.All(goal => goal.Program is "git add" or "git commit");
        if (!onlyCommits)
            Put(outcome, outcome.Failed || !prints ? ResultLines.ExitCode(text) : null);
        if (prints)
        {
            Find(outcome);
            return;
        }

        // What a filter lets through is no verdict.
        var isFiltered = parts.Any(part => part.Piped && part.Words[0].Text is not ("head" or "tail" or "tee"));
        if (outcome.Failed || !isFiltered || outcome.Error is null)
            Conclude(outcome, goals);
        if (outcome.Failed)
            return;
        if (!onlyCommits)
            _failures.Did($"`{outcome.Source}`");
        _files.Follow(parts);
        foreach (var commit in commits)
            _commits.Put(commit.Sha, commit);
    }

    // A commit that is told quietly shows in the log that is printed after it.
    private List<CommitEntry> CommitsOf(IReadOnlyList<CommandGoal> goals, string text, int group)
    {
        var commits =
            ResultLines.Commits(text).Select(commit => new CommitEntry(commit.Sha, commit.Branch, commit.Subject, group)).ToList();
        if (commits.Count == 0 && goals.Any(goal => goal.Program == "git commit") && ResultLines.LoggedCommit(text) is var (sha, subject))
            commits.Add(_commits.Find(sha) ?? new CommitEntry(sha, "", subject, group));
        return commits;
    }

    private void ReadCall(FunctionCallContent call, FunctionResultContent result, string text, int group)
    {
        var isFile = _files.IsAbout(call.CallId);
        var isSearch = CallText.String(call, CallText.QueryKeys) is not null;
        var written = isSearch ? null : CallText.NewText(call) ?? CallText.Patch(call);
        var source = isFile || isSearch ? CallText.Source(call) : CallText.Line(call);
        var outcome = new ToolOutcome(CommandText.Of(source), ResultVerdict.Failed(result, text, quotes: isFile || isSearch), text, group);
        _files.ReadResult(call.CallId, outcome.Failed);
        if (!isFile && !isSearch)
            Put(outcome, outcome.Failed ? ResultLines.ExitCode(text) : null);
        if (isFile && written is not null)
            Edited(outcome, CallText.OldText(call), written);
        else if (isFile || isSearch)
            Find(outcome);
        else
            Conclude(outcome, []);
    }

    private void Edited(ToolOutcome edit, string? old, string written)
    {
        if (edit.Failed)
        {
            _failures.Failed(edit, []);
            return;
        }

        _failures.Succeeded(edit.Source, []);
        _failures.Did(edit.Source);
        if (old is not null)
            _findings.Supersede(edit.Source[(edit.Source.IndexOf(' ', StringComparison.Ordinal) + 1)..], old, written);
    }

    private void Put(ToolOutcome outcome, int? code)
    {
        var times = (_commands.Find(outcome.Source)?.Times ?? 0) + 1;
        _commands.Put(
            outcome.Source,
            new CommandEntry(outcome.Source, code, outcome.Failed || code is > 0, outcome.Line, outcome.Group) { Times = times });
    }

    private void Conclude(ToolOutcome outcome, IReadOnlyList<CommandGoal> goals)
    {
        if (outcome.Failed)
        {
            _failures.Failed(outcome, goals);
            return;
        }

        _failures.Succeeded(outcome.Source, goals);
        // What went through may have warned all the same.
        if (outcome.Error != outcome.Line)
            Find(outcome);
    }

    // What was looked for and is not there is a finding too, and nothing to be cured.
    private void Find(ToolOutcome outcome)
    {
        if (outcome.Error is { } line)
            _findings.Add(outcome.Source, line, outcome.Group);
    }
}
