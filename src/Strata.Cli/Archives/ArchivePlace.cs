namespace Strata.Cli.Archives;

/// <summary>Where an archive is.</summary>
/// <param name="Address">A full path, or an address of PostgreSQL with all that stands in it.</param>
/// <param name="Name">For people: no password, the home folder as <c>~</c>.</param>
/// <param name="Hint">What has to be typed to name it again, with a space before it; empty where leaving it out names it.</param>
internal sealed record ArchivePlace(string Address, string Name, string Hint)
{
    public const string Variable = "STRATA_ARCHIVE";

    private const string DataVariable = "XDG_DATA_HOME";

    private static readonly string[] ServerSchemes = ["postgres://", "postgresql://"];

    public bool IsServer { get; } = IsServerAddress(Address);

    /// <summary>The one that was typed, else that of the environment, else the one in the user's data folder.</summary>
    /// <exception cref="CliException">Nothing is named and there is no data folder.</exception>
    public static ArchivePlace Choose(string? typed, Terminal terminal)
    {
        if (typed is { Length: 0 })
            throw new CliException("--archive: give a path or a postgres:// address.");
        if (typed is not null)
            return Of(typed, $" --archive {(IsServerAddress(typed) ? WithoutPassword(typed) : typed)}", terminal);
        return terminal.Environment(Variable) is { Length: > 0 } set ? Of(set, "", terminal) : Of(DefaultPath(terminal), "", terminal);
    }

    private static ArchivePlace Of(string address, string hint, Terminal terminal)
    {
        if (IsServerAddress(address))
            return new ArchivePlace(address, WithoutPassword(address), hint);
        if (Path.EndsInDirectorySeparator(address) || Directory.Exists(address))
            throw new CliException($"the archive {address} is a directory. Name a file in it.");
        var path = Path.GetFullPath(address);
        return new ArchivePlace(path, FromHome(path, terminal), hint);
    }

    private static bool IsServerAddress(string address) => ServerSchemes.Any(scheme => address.StartsWith(scheme, StringComparison.OrdinalIgnoreCase));

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

    // A password may stand before the host or among the parameters. What cannot be read as an address is not shown at all.
    private static string WithoutPassword(string address)
    {
        var scheme = address[..(address.IndexOf("://", StringComparison.Ordinal) + 3)];
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return scheme + "…";
        var user = uri.UserInfo.Split(':')[0];
        return $"{scheme}{user}{(user.Length > 0 ? "@" : "")}{uri.Host}{(uri.Port > 0 ? FormattableString.Invariant($":{uri.Port}") : "")}{(uri.AbsolutePath == "/" ? "" : uri.AbsolutePath)}";
    }
}
