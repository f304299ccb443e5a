namespace Strata.Cli;

/// <summary>What went wrong, in words for the person at the terminal, with the exit code that goes with it.</summary>
internal class CliException(string message, int exitCode = ExitCodes.BadInput, Exception? innerException = null)
    : Exception(message, innerException)
{
    public int ExitCode { get; } = exitCode;
}

/// <summary>The input is in no session format.</summary>
internal sealed class UnrecognizedSessionException(string message) : CliException(message);
