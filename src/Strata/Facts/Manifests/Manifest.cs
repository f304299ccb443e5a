namespace Strata.Facts.Manifests;

/// <summary>What code can tell about a session from its tool calls: nothing here is anybody's opinion.</summary>
/// <param name="Files">In the order of their last use.</param>
/// <param name="Commands">Each once, in the order of their last run.</param>
/// <param name="Findings">The newest lines about failing in what was read or searched; none of them failed here.</param>
/// <param name="Errors">Failures in the order of their last time, each once.</param>
/// <param name="Tasks">The newest to-do list.</param>
/// <param name="Commits">Commits that a command reported, in order.</param>
internal sealed record Manifest(
    IReadOnlyList<FileEntry> Files, IReadOnlyList<CommandEntry> Commands, IReadOnlyList<FindingEntry> Findings,
    IReadOnlyList<ErrorEntry> Errors,
    TaskList Tasks, IReadOnlyList<CommitEntry> Commits)
{
    /// <summary>Paths of files that were deleted or moved elsewhere.</summary>
    public IReadOnlySet<string> Gone { get; init; } = new HashSet<string>();
}

/// <summary>A file, and how often each tool touched it, in the order of first use.</summary>
internal sealed record FileEntry(string Path, IReadOnlyList<ToolUse> Uses, FileState State, int LastGroup)
{
    /// <summary>The definitions that the session's edits added and removed, newest last; null when no edit shows any.</summary>
    public FileChanges? Changes { get; init; }

    /// <summary>Words that stood beside its name; null when an entry has not been written with them before.</summary>
    public string? About { get; init; }
}

internal readonly record struct ToolUse(string Tool, int Times);

/// <summary>What the session last did to a file.</summary>
internal enum FileState
{
    Seen,
    Edited,
    Created,
}

/// <summary>
/// A command as it was run last. The exit code is null where the result does not tell; the line is the one that matters of what it printed.
/// </summary>
internal sealed record CommandEntry(string Command, int? ExitCode, bool Failed, string? Line, int Group)
{
    /// <summary>How often it was run.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Whether the user did not let it run when it was last called.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether it changes nothing: it shows what is there, and can be run again.</summary>
    public bool OnlyPrints => CommandGoal.OnlyPrints(ShellCommand.Parts(Command));
}

/// <summary>A line about an error that a read, a search or a command without failure showed.</summary>
internal sealed record FindingEntry(string Source, string Line, int Group);

/// <summary>A failure. The source is what failed: the command, or the tool and its file.</summary>
internal sealed record ErrorEntry(string Line, string Source, int Group)
{
    public int Times { get; init; } = 1;

    /// <summary>How it ended, as in "cured by Edit cli/main.go"; null while it has not.</summary>
    public string? Cure { get; init; }

    /// <summary>The assistant's own sentence about the reason; null when it gave none.</summary>
    public string? Reason { get; init; }
}

/// <summary>A task of the to-do list. The id is how later calls refer to it; null where lists are replaced whole.</summary>
internal sealed record TaskEntry(string Text, TaskState State, string? Id = null);

internal enum TaskState
{
    Open,
    InProgress,
    Done,
}

/// <summary>A commit. The branch is empty where the command did not tell.</summary>
internal sealed record CommitEntry(string Sha, string Branch, string Subject, int Group);
