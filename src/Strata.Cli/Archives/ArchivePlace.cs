using Strata.Cli.Files;
using Strata.Cli.Output;

namespace Strata.Cli.Archives;

/// <summary>Where an archive is.</summary>
/// <param name="Address">A full path, or with <paramref name="IsServer"/> a connection string.</param>
/// <param name="Name">For people: no password, the home folder as <c>~</c>.</param>
/// <param name="Hint">What has to be typed to name it again, with a space before it; empty where leaving it out names it.</param>
/// <param name="IsServer">Whether it is on PostgreSQL.</param>
internal sealed record ArchivePlace(string Address, string Name, string Hint, bool IsServer = false)
{
    public const string Variable = "STRATA_ARCHIVE";

    /// <summary>Whether a file is there that may be an archive: one without a byte is none yet.</summary>
    public bool IsMade => new FileInfo(Address) is { Exists: true, Length: > 0 };

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

    /// <summary>Whether it may be read: a file that is there and not empty. Whoever reads must not make one.</summary>
    /// <exception cref="CliException">It may not; the message names the file and the way out.</exception>
    public void MustExist()
    {
        if (IsServer || IsMade)
            return;
        throw new CliException(File.Exists(Address)
            ? $"{Name} is no archive: the file is empty. 'strata compact' makes one when it first has something to keep; --archive names "
                + "another."
            : $"there is no archive at {Name}. 'strata compact' makes it when it first has something to keep; --archive names another.");
    }

    /// <param name="path">A file that a command reads or writes; null for none.</param>
    /// <param name="isWritten">Whether it writes it.</param>
    /// <exception cref="CliException">It is the archive.</exception>
    public void MustNotBe(string? path, bool isWritten)
    {
        if (IsServer || path is null || !SameFile.Are(Address, path))
            return;
        var what = $"{path} cannot be the archive and {(isWritten ? "the output" : "the input")} at once. Name another file";
        throw new CliException($"{what} with {(isWritten ? "-o or --archive" : "--archive")}.") { ForTools = what + "." };
    }

    private static ArchivePlace Of(string address, bool isTyped, Terminal terminal)
    {
        if (PostgresAddress.Is(address))
        {
            var server = PostgresAddress.Read(address);
            return new ArchivePlace(server.ConnectionString, server.Name, isTyped ? HintOf(server.Name) : "", IsServer: true);
        }

        if (Path.EndsInDirectorySeparator(address) || Directory.Exists(address))
            throw new CliException($"the archive {address} is a directory. Name a file in it.");
        var path = Path.GetFullPath(address);
        return new ArchivePlace(path, FromHome(path, terminal), isTyped ? HintOf(address) : "");
    }

    private static string HintOf(string address) => $" --archive {ShellText.Quote(address)}";

    private static string DefaultPath(Terminal terminal)
    {
        return terminal.DataFolder is not { } data
            ? throw new CliException(
                $"there is no folder for the archive: neither {Terminal.DataVariable} nor HOME is set. Name one with --archive PATH or "
                    + $"{Variable}.")
            : Path.Combine(data, "strata", "archive.db");
    }

    private static string FromHome(string path, Terminal terminal) =>
        terminal.Environment("HOME") is { Length: > 1 } home && path.StartsWith(home.TrimEnd('/') + "/", StringComparison.Ordinal)
            ? "~" + path[home.TrimEnd('/').Length..] : path;
}
