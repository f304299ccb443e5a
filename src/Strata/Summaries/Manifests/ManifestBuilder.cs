using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Summaries.Manifests;

/// <summary>Builds a <see cref="Manifest"/> from tool calls and results in their order, each read once.</summary>
/// <remarks>
/// A tool is known by the shape of its arguments (a path, a command, old and new text, a patch) and only then by its name, so tools of
/// any vendor are understood.
/// </remarks>
internal sealed partial class ManifestBuilder
{
    private const int MostErrors = 100;
    private const int MostCommands = 400;

    private readonly Dictionary<string, FileEntry> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CommandEntry> _commands = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ErrorEntry> _errors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CommitEntry> _commits = new(StringComparer.Ordinal);
    private readonly HashSet<string> _touched = new(StringComparer.Ordinal);
    private readonly Dictionary<string, FunctionCallContent> _waiting = new(StringComparer.Ordinal);
    private int _order;
    private readonly Dictionary<string, int> _lastUse = new(StringComparer.Ordinal);

    public TaskList Tasks { get; } = new();

    public void Carry(FileEntry file) => Put(_files, file.Path, file);

    public void Carry(CommandEntry command) => Put(_commands, command.Command, command);

    public void Carry(ErrorEntry error) => Put(_errors, error.Line, error);

    public void Carry(CommitEntry commit) => Put(_commits, commit.Sha, commit);

    /// <summary>Notes a call and returns the files it is about.</summary>
    public IReadOnlyList<string> Read(FunctionCallContent call, int group)
    {
        _waiting[call.CallId] = call;
        var paths = FilesOf(call, group);
        if (paths.Count > 0 || Tasks.Read(call))
            _touched.Add(call.CallId);
        return paths;
    }

    private IReadOnlyList<string> FilesOf(FunctionCallContent call, int group)
    {
        if (ToolArguments.Patch(call) is { } patch)
        {
            var paths = PatchedFile().Matches(patch).Select(match => match.Groups["path"].Value.Trim()).ToList();
            foreach (var path in paths)
                Touch(path, call.Name, FileState.Edited, group);
            return paths;
        }

        if (ToolArguments.Path(call) is { } file && ToolArguments.String(call, "pattern", "query", "regex") is null)
        {
            Touch(file, call.Name, StateAfter(call), group);
            return [file];
        }

        return [];
    }

    public void Read(FunctionResultContent result, string text, int group)
    {
        _waiting.Remove(result.CallId, out var call);
        Tasks.ReadResult(result);
        var failed = ImportanceRules.Failed(result);
        var error = failed ? ResultLines.FirstError(text) : null;
        if (call is not null && !_touched.Remove(call.CallId))
        {
            var command = ToolArguments.Command(call) is { Length: > 0 } line ? line : ToolArguments.Line(call);
            var code = ResultLines.ExitCode(text);
            Put(_commands, command, new CommandEntry(command, code, failed || code is > 0, error, group));
            foreach (var (branch, sha, subject) in ResultLines.Commits(text))
                Put(_commits, sha, new CommitEntry(sha, branch, subject, group));
            if (!failed && code is null or 0)
                Follow(command);
            if (_commands.Count > MostCommands)
                RemoveOldest(_commands);
        }

        if (!failed && call is not null)
            Cure(Source(call));

        if (failed && error is not null)
            Put(_errors, error, new ErrorEntry(error, call is null ? "tool" : Source(call), group));
        if (_errors.Count > MostErrors)
            RemoveOldest(_errors);
    }

    private void Follow(string command)
    {
        foreach (var (from, to) in FileMoves.In(command))
        {
            // A command names a file from where it runs, the tools by its whole path.
            var path = _files.Keys.FirstOrDefault(known => known == from || known.EndsWith("/" + from, StringComparison.Ordinal));
            if (path is null || !_files.Remove(path, out var file))
                continue;
            if (to is not null && path[..^from.Length] + to is var there)
                Put(_files, there, file with { Path = there });
        }
    }

    // What failed and then went through is no failure any more.
    private void Cure(string source)
    {
        foreach (var cured in _errors.Where(error => error.Value.Source == source).Select(error => error.Key).ToList())
            _errors.Remove(cured);
    }

    public Manifest Build() => new(InOrder(_files), InOrder(_commands), InOrder(_errors), Tasks.Tasks, InOrder(_commits));

    private static string Source(FunctionCallContent call) =>
        ToolArguments.Path(call) is { } path ? $"{call.Name} {path}" : ToolArguments.Command(call) ?? call.Name;

    private static FileState StateAfter(FunctionCallContent call)
    {
        if (ToolArguments.HasOldText(call))
            return FileState.Edited;
        if (ToolArguments.NewText(call) is null)
            return FileState.Seen;
        if (ToolArguments.String(call, "file_text") is not null)
            return FileState.Created;
        return call.Name.Contains("edit", StringComparison.OrdinalIgnoreCase) || call.Name.Contains("insert", StringComparison.OrdinalIgnoreCase)
            ? FileState.Edited
            : FileState.Created;
    }

    private void Touch(string path, string tool, FileState state, int group)
    {
        var known = _files.GetValueOrDefault(path);
        var uses = known?.Uses.ToList() ?? [];
        var index = uses.FindIndex(use => use.Tool == tool);
        if (index < 0)
            uses.Add(new ToolUse(tool, 1));
        else
            uses[index] = new ToolUse(tool, uses[index].Times + 1);
        // Created and then edited is still a file of this session; reading it later changes nothing.
        var now = known is not null && known.State > state ? known.State : state;
        Put(_files, path, new FileEntry(path, uses, now, group));
    }

    private void Put<T>(Dictionary<string, T> entries, string key, T entry)
    {
        entries[key] = entry;
        _lastUse[typeof(T).Name + key] = _order++;
    }

    private List<T> InOrder<T>(Dictionary<string, T> entries) =>
        [.. entries.OrderBy(entry => _lastUse[typeof(T).Name + entry.Key]).Select(entry => entry.Value)];

    // Halved at once, so that a long session pays for the sort seldom.
    private void RemoveOldest<T>(Dictionary<string, T> entries)
    {
        foreach (var key in entries.Keys.OrderBy(key => _lastUse[typeof(T).Name + key]).Take(entries.Count / 2).ToList())
            entries.Remove(key);
    }

    [GeneratedRegex(@"^(?:\*\*\* (?:Update|Add|Delete) File: |\+\+\+ (?:b/)?)(?<path>[^\n\t]{1,400})", RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PatchedFile();
}
