namespace Strata.Cli.Archives;

/// <summary>Where an archive is.</summary>
/// <param name="Address">A full path, or with <paramref name="IsServer"/> a connection string.</param>
/// <param name="Name">For people: no password, the home folder as <c>~</c>.</param>
/// <param name="Hint">What has to be typed to name it again, with a space before it; empty where leaving it out names it.</param>
/// <param name="IsServer">Whether it is on PostgreSQL.</param>
internal sealed record ArchivePlace(string Address, string Name, string Hint, bool IsServer = false)
{
    public const string Variable = "STRATA_ARCHIVE";

    private const string DataVariable = "XDG_DATA_HOME";

    /// <summary>The one that was typed, else that of the environment, else the one in the user's data folder.</summary>
    /// <exception cref="CliException">Nothing is named and there is no data folder.</exception>
    public static ArchivePlace Choose(string? typed, Terminal terminal)
    {
        if (typed is { Length: 0 })
            throw new CliException("--archive: give a path or a postgres:// address.");
        if (typed is not null)
            return Of(typed, isTyped: true, terminal);
        return Of(terminal.Environment(Variable) is { Length: > 0 } set ? set : DefaultPath(terminal), isTyped: false, terminal);
    }

    private static ArchivePlace Of(string address, bool isTyped, Terminal terminal)
    {
        if (PostgresAddress.Is(address))
        {
            var server = PostgresAddress.Read(address);
            return new ArchivePlace(server.ConnectionString, server.Name, isTyped ? $" --archive {server.Name}" : "", IsServer: true);
        }

        if (Path.EndsInDirectorySeparator(address) || Directory.Exists(address))
            throw new CliException($"the archive {address} is a directory. Name a file in it.");
        var path = Path.GetFullPath(address);
        return new ArchivePlace(path, FromHome(path, terminal), isTyped ? $" --archive {address}" : "");
    }

    private static string DefaultPath(Terminal terminal)
    {
        var data = terminal.Environment(DataVariable) is { Length: > 0 } set && Path.IsPathFullyQualified(set) ? set
            : terminal.Environment("HOME") is { Length: > 0 } home && !OperatingSystem.IsWindows() ? Path.Combine(home, ".local", "share")
            : terminal.Environment("LOCALAPPDATA");
        return string.IsNullOrEmpty(data)
            ? throw new CliException($"there is no folder for the archive: neither {DataVariable} nor HOME is set. Name one with --archive PATH or {Variable}.")
            : Path.Combine(data, "strata", "archive.db");
    }

    private static string FromHome(string path, Terminal terminal) =>
        terminal.Environment("HOME") is { Length: > 1 } home && path.StartsWith(home.TrimEnd('/') + "/", StringComparison.Ordinal) ? "~" + path[home.TrimEnd('/').Length..] : path;
}
