using System.Diagnostics;

namespace Strata.Hosting.Tests.Samples;

/// <summary>Runs every sample as its reader would, in a process of its own.</summary>
public sealed class SampleTests
{
    [Theory]
    [InlineData("ChatLoop", "The booking number is still known.")]
    [InlineData("ToolLoop", "brought back by its handle")]
    [InlineData("Reducer", "The task is still there.")]
    [InlineData("Hosting", "Search finds what left the context: Report 3")]
    public async Task Run_Sample_EndsWellAndSaysSo(string sample, string line)
    {
        var (exitCode, output) = await RunAsync(sample);

        exitCode.ShouldBe(0, output);
        output.ShouldContain(line);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string sample)
    {
        // artifacts/bin/PROJECT/CONFIGURATION, for the tests as for the samples.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var assembly = Path.Combine(own.Parent!.Parent!.FullName, sample, own.Name, sample + ".dll");
        using var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", [assembly])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        })!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await error);
    }
}
