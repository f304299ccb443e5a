namespace Strata.Cli.Tests.Support;

/// <summary>
/// Compares what a user sees with a file in <c>Expectations/</c>. With the environment variable STRATA_EXPECTATIONS set to that folder, the files are
/// written anew: look at the difference before you commit it.
/// </summary>
internal static class Expectation
{
    public static void ShouldLookLike(this string actual, string name)
    {
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("STRATA_EXPECTATIONS") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, name + ".txt"), actual);
        else
            actual.ShouldBe(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Expectations", name + ".txt")).ReplaceLineEndings("\n"), name);
    }
}
