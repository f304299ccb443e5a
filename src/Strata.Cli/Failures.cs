using Strata.Archives;
using Strata.Formats;

namespace Strata.Cli;

/// <summary>Turns whatever stopped a command into a message on standard error and an exit code.</summary>
internal static class Failures
{
    public static int Report(Exception failure, TextWriter error)
    {
        var (message, exitCode) = Describe(failure);
        error.WriteLine("strata: " + message);
        return exitCode;
    }

    public static (string Message, int ExitCode) Describe(Exception failure) => failure switch
    {
        OperationCanceledException => ("stopped; no file was written", ExitCodes.Interrupted),
        CliException known => (known.Message, known.ExitCode),
        ArchiveException => (failure.Message, ExitCodes.BadInput),
        SessionFormatException or FormatException => (failure.Message, ExitCodes.BadInput),
        ArgumentException argument => (WithoutParameter(argument), ExitCodes.BadInput),
        OutOfMemoryException => ("not enough memory for this session", ExitCodes.Failed),
        IOException or UnauthorizedAccessException => (failure.Message, ExitCodes.Failed),
        InvalidOperationException => (failure.Message, ExitCodes.Failed),
        _ => ($"unexpected {failure.GetType().Name}: {failure.Message}", ExitCodes.Failed),
    };

    // .NET appends the name of a method's parameter, which means nothing to whoever typed a command.
    private static string WithoutParameter(ArgumentException failure)
    {
        var suffix = $" (Parameter '{failure.ParamName}')";
        return failure.Message.EndsWith(suffix, StringComparison.Ordinal) ? failure.Message[..^suffix.Length] : failure.Message;
    }
}
