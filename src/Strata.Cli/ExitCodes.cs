namespace Strata.Cli;

/// <summary>What the process says to scripts.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>No valid conversation fits, a handle is unknown, or something failed that the input is not to blame for.</summary>
    public const int Failed = 1;

    /// <summary>Bad input or usage, or an archive that cannot be used.</summary>
    public const int BadInput = 2;

    /// <summary>Ctrl-C ended the calls of models; the rest was done and the file is written.</summary>
    public const int CallsStopped = 3;

    /// <summary>Ctrl-C, as shells report it: 128 + SIGINT.</summary>
    public const int Interrupted = 130;
}
