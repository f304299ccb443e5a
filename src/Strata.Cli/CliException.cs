namespace Strata.Cli;

/// <summary>What went wrong, in words for the person at the terminal, with the exit code that goes with it.</summary>
internal class CliException(string message, int exitCode = ExitCodes.BadInput, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>
    /// What the caller of a tool reads in place of the message, where this names options of the command line; null: the message.
    /// </summary>
    public string? ForTools { get; init; }
}

/// <summary>The input is in no session format.</summary>
internal sealed class UnrecognizedSessionException(string message) : CliException(message);
