using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Text;

namespace Strata.Facts.Manifests;

/// <summary>The files that calls touched: how often, their last state, and what edits added to them or took out.</summary>
internal sealed partial class FileLog
{
    private const int Most = 2_000;

    private readonly RecentEntries<FileEntry> _files = new(Most);
    private readonly Dictionary<string, List<(string Path, FileEntry? Before)>> _waiting = new(StringComparer.Ordinal);

    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    /// <summary>Paths that were there and are not any more: deleted, or moved elsewhere.</summary>
    public IReadOnlySet<string> Gone => _gone;

    public IReadOnlyList<FileEntry> ToList() => [.. _files.Values];

    public void Carry(FileEntry file) => _files.Put(file.Path, file);

    /// <summary>Notes a call and returns the files it is about.</summary>
    public IReadOnlyList<string> Read(FunctionCallContent call, int group)
    {
        if (CallText.Patch(call) is { } patch)
            return ReadPatch(call, patch, group);
        if (CallText.Path(call) is not { } file || CallText.String(call, CallText.QueryKeys) is not null)
            return [];
        var state = StateAfter(call);
        var changes = state == FileState.Edited ? FileChanges.Between(CallText.OldText(call) ?? "", CallText.NewText(call) ?? "") : null;
        Touch(call, file, state, changes, group);
        return [file];
    }

    /// <summary>Whether the call, whose result is not read yet, is about files.</summary>
    public bool IsAbout(string callId) => _waiting.ContainsKey(callId);

    public void ReadResult(string callId, bool failed)
    {
        // A call that failed has changed no file.
        if (!_waiting.Remove(callId, out var touched))
            return;
        foreach (var (path, before) in touched)
        {
            if (failed && _files.Find(path) is { } now)
                _files.Update(path, now with { State = before?.State ?? FileState.Seen, Changes = before?.Changes });
        }
    }

    public void Follow(IReadOnlyList<CommandPart> command)
    {
        foreach (var (from, to) in FileMoves.In(command))
        {
            // A command names a file from where it runs, the tools by its whole path.
            var path = _files.Keys.FirstOrDefault(known => known == from || known.EndsWith("/" + from, StringComparison.Ordinal));
            if (path is null || !_files.Remove(path, out var file))
                continue;
            _gone.Add(path);
            if (to is not null && path[..^from.Length] + to is var there)
                _files.Put(there, file with { Path = there });
        }
    }

    private List<string> ReadPatch(FunctionCallContent call, string patch, int group)
    {
        var paths = new List<string>();
        for (var match = PatchedFile().Match(patch); match.Success; match = match.NextMatch())
        {
            var path = match.Groups["path"].Value.Trim();
            paths.Add(path);
            switch (match.Groups["what"].Value)
            {
                case "Delete":
                    _files.Remove(path, out _);
                    _gone.Add(path);
                    break;
                case var what:
                    Touch(call, path, what == "Add" ? FileState.Created : FileState.Edited, null, group);
                    break;
            }
        }

        return paths;
    }

    private void Touch(FunctionCallContent call, string path, FileState state, FileChanges? changes, int group)
    {
        _gone.Remove(path);
        var known = _files.Find(path);
        if (_waiting.TryGetValue(call.CallId, out var touched))
            touched.Add((path, known));
        else
            _waiting[call.CallId] = [(path, known)];
        var uses = known?.Uses.ToList() ?? [];
        var index = uses.FindIndex(use => use.Tool == call.Name);
        if (index < 0)
            uses.Add(new ToolUse(call.Name, 1));
        else
            uses[index] = new ToolUse(call.Name, uses[index].Times + 1);
        // Created and then edited is still a file of this session; reading it later changes nothing.
        var now = known is not null && known.State > state ? known.State : state;
        _files.Put(
            path, new FileEntry(path, uses, now, group) { Changes = FileChanges.After(known?.Changes, changes), About = known?.About });
    }

    private static FileState StateAfter(FunctionCallContent call)
    {
        if (CallText.HasOldText(call))
            return FileState.Edited;
        if (CallText.NewText(call) is null)
            return FileState.Seen;
        if (CallText.String(call, "file_text") is not null)
            return FileState.Created;
        return call.Name.Contains("edit", StringComparison.OrdinalIgnoreCase)
            || call.Name.Contains("insert", StringComparison.OrdinalIgnoreCase)
            ? FileState.Edited
            : FileState.Created;
    }

    [GeneratedRegex(@"^(?:\*\*\* (?<what>Update|Add|Delete) File: |\+\+\+ (?:b/)?)(?<path>[^\n\t]{1,400})",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PatchedFile();
}
