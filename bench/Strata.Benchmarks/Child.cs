using System.Diagnostics;

namespace Strata.Benchmarks;

/// <summary>A program that a benchmark starts; its errors go to ours.</summary>
internal static class Child
{
    public static Process Start(string program, IEnumerable<string> arguments, string? folder = null) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder ?? "",
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException($"{program} did not start.");

    /// <summary>Runs to the end, or until it is cancelled, and returns what was printed.</summary>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        using var process = Start(program, arguments, folder);
        await using var ending = cancellationToken.Register(process.Kill);
        var output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {output}");
    }
}
