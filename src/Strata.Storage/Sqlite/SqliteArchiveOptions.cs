namespace Strata.Storage.Sqlite;

/// <summary>Where an archive's file is and how it is kept.</summary>
public sealed record SqliteArchiveOptions
{
    /// <value>
    /// The file; it and its folder are made on first use. Null: <c>$XDG_DATA_HOME/strata/archive.db</c>, else
    /// <c>~/.local/share/strata/archive.db</c>; on Windows the same below the local application data.
    /// </value>
    public string? Path { get; init; }

    /// <value>Whose originals are seen and kept: tenants in one file see nothing of each other.</value>
    public string Tenant { get; init; } = "default";

    /// <value>Whether placeholders take the places of secrets before anything is written.</value>
    public bool RedactSecrets { get; init; } = true;

    /// <value>What an acknowledged write survives.</value>
    public Durability Durability { get; init; } = Durability.Full;

    /// <value>How long a write waits for other processes' writes.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>Nothing is made or written: every write fails, and so does opening a file that is not there.</value>
    public bool ReadOnly { get; init; }

    /// <value>Dates what is kept.</value>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>The file that is used where none is named.</summary>
    public static string DefaultPath => System.IO.Path.Combine(DataFolder, "strata", "archive.db");

    // A relative XDG path is to be ignored, says the specification.
    private static string DataFolder =>
        !OperatingSystem.IsWindows() && Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { } folder
            && System.IO.Path.IsPathRooted(folder)
        ? folder
        : OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
}

/// <summary>What an acknowledged write survives.</summary>
public enum Durability
{
    /// <summary>The loss of power: each write waits until the disk has it.</summary>
    Full,

    /// <summary>The end of the process, by kill −9 too. A loss of power can cost the newest writes, never more.</summary>
    Normal,
}
