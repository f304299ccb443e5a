namespace Strata.Cli.Clients;

/// <summary>The processes of this machine that may be looked into, where the system shows them as files (Linux).</summary>
internal sealed class RunningProcesses(string folder = RunningProcesses.Standard)
{
    private const string Standard = "/proc";

    /// <summary>The first process, other than this one, that has a file open for which <paramref name="isMeant"/> holds.</summary>
    public RunningProcess? Holding(Func<string, bool> isMeant) => First(process => Links(Path.Combine(process, "fd")).Any(isMeant));

    /// <summary>The first process of a program of one of these names that works in a folder.</summary>
    public RunningProcess? Working(IReadOnlyList<string> names, string directory) => First(process =>
        NamesOf(process).Any(name => names.Contains(name, StringComparer.OrdinalIgnoreCase))
        && Target(Path.Combine(process, "cwd")) == directory);

    private RunningProcess? First(Func<string, bool> isMeant)
    {
        if (!Directory.Exists(folder))
            return null;
        foreach (var process in Directory.EnumerateDirectories(folder))
        {
            if (int.TryParse(Path.GetFileName(process), out var id) && id != Environment.ProcessId && isMeant(process))
                return new RunningProcess(id, NamesOf(process).FirstOrDefault() ?? "?");
        }

        return null;
    }

    // A script is called by the name of what runs it, then by its own.
    private static IEnumerable<string> NamesOf(string process)
    {
        string[] words;
        try
        {
            words = File.ReadAllText(Path.Combine(process, "cmdline")).Split('\0');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return words.Take(2).Where(word => word.Length > 0).Select(word => Path.GetFileNameWithoutExtension(word));
    }

    // Processes end while they are looked at, and those of others may not be.
    private static List<string> Links(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFileSystemEntries(folder).Select(Target).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static string? Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

/// <summary>One of them.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">What it is called.</param>
internal sealed record RunningProcess(int Id, string Name);
