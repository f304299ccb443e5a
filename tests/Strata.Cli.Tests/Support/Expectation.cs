namespace Strata.Cli.Tests.Support;

/// <summary>
/// Compares what a user sees with a file in <c>Expectations/</c>. With the environment variable STRATA_APPROVE set to 1 the files are
/// written anew: look at the difference before you commit it.
/// </summary>
internal static class Expectation
{
    private static readonly string Folder = Path.Combine(Checkout(), "tests", "Strata.Cli.Tests", "Expectations");

    public static void ShouldLookLike(this string actual, string name)
    {
        actual = actual.ReplaceLineEndings("\n");
        var file = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("STRATA_APPROVE") == "1")
            File.WriteAllText(file, actual);
        actual.ShouldBe(File.ReadAllText(file).ReplaceLineEndings("\n"), name);
    }

    private static string Checkout()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Strata.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside a checkout.");
    }
}
