namespace Strata.Summaries.Manifests;

/// <summary>What code can tell about a session from its tool calls: nothing here is anybody's opinion.</summary>
/// <param name="Files">In the order of their last use.</param>
/// <param name="Commands">Each once, in the order of their last run.</param>
/// <param name="Errors">First error lines of failed results, in order, each once.</param>
/// <param name="Tasks">The newest to-do list.</param>
/// <param name="Commits">Commits that a command reported, in order.</param>
internal sealed record Manifest(
    IReadOnlyList<FileEntry> Files, IReadOnlyList<CommandEntry> Commands, IReadOnlyList<ErrorEntry> Errors, IReadOnlyList<TaskEntry> Tasks,
    IReadOnlyList<CommitEntry> Commits);

/// <summary>A file, and how often each tool touched it, in the order of first use.</summary>
internal sealed record FileEntry(string Path, IReadOnlyList<ToolUse> Uses, FileState State, int LastGroup);

internal readonly record struct ToolUse(string Tool, int Times);

/// <summary>What the session last did to a file.</summary>
internal enum FileState
{
    Seen,
    Edited,
    Created,
}

/// <summary>A command as it was run last. The exit code is null where the result does not tell; the line is the one that matters of what it printed.</summary>
/// <summary>The line that matters of what it printed, if one stands out.</summary>
internal sealed record CommandEntry(string Command, int? ExitCode, bool Failed, string? Line, int Group);

/// <summary>A failure. The source is what failed: the command, or the tool and its file.</summary>
internal sealed record ErrorEntry(string Line, string Source, int Group);

/// <summary>A task of the to-do list. The id is how later calls refer to it; null where lists are replaced whole.</summary>
internal sealed record TaskEntry(string Text, TaskState State, string? Id = null);

internal enum TaskState
{
    Open,
    InProgress,
    Done,
}

internal sealed record CommitEntry(string Sha, string Branch, string Subject, int Group);
