using Strata.Cli.Files;

namespace Strata.Cli.Clients;

/// <summary>
/// Whether a program works on a session right now, so that what it writes next would be lost or would contradict the file.
/// </summary>
internal sealed class SessionInUse(SessionFile file, TimeProvider time, RunningProcesses processes)
{
    // An agent writes at the least after every call of a tool or of its model.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    // A shorter id may be a part of any name.
    private const int ShortestId = 16;

    /// <summary>What tells that a program works on it, as a part of a sentence; null where nothing does.</summary>
    public string? Sign()
    {
        var path = SameFile.Resolve(file.Path!);
        if (File.Exists(path + ".lock"))
            return $"its lock {path}.lock is there";
        if (processes.Holding(open => IsOf(open, path)) is { } holder)
            return $"{Called(holder)} has it open";
        if ((time.GetUtcNow() - new DateTimeOffset(File.GetLastWriteTimeUtc(path))).Duration() < Quiet)
            return $"it was written less than {Quiet.TotalSeconds:0} seconds ago";
        return SessionClient.Find(file.Format.Name) is { } client && WorkingFolder.Of(file.Bytes!.Value) is { } folder
            && processes.Working(client.Programs, folder) is { } running
            ? $"{client.Name} runs in its folder {folder} ({Called(running)})"
            : null;
    }

    // A lock of the session is named after it, as the session is.
    private bool IsOf(string open, string path) => open == path
        || (file.Document.SessionId is { Length: >= ShortestId } id && Path.GetFileName(open).Contains(id, StringComparison.Ordinal)
            && Path.GetExtension(open) == ".lock");

    private static string Called(RunningProcess process) => FormattableString.Invariant($"process {process.Id} ({process.Name})");
}
