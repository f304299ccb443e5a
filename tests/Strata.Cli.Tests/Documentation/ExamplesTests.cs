using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Documentation;

public sealed class ExamplesTests
{
    [Theory]
    [InlineData("coding-session.md", "coding-session.jsonl", "5%")]
    [InlineData("incident-de.md", "incident-de.json", "10%")]
    public async Task Example_Sample_ShowsWhatTheCommandGives(string page, string sample, string target)
    {
        using var cli = new Support.Cli();
        var input = cli.Write(
            sample,
            await File.ReadAllBytesAsync(Path.Combine(DocumentedExample.Root, "samples", sample), TestContext.Current.CancellationToken));

        var result = (await cli.RunAsync("compact", input, "--target", target)).ShouldExitWith(0);

        var compacted = cli.PathOf(Path.GetFileNameWithoutExtension(sample) + ".compacted" + Path.GetExtension(sample));
        DocumentedExample.ShouldShow(page, result.Error + result.Output, DocumentedExample.SummaryIn(compacted));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/cli.md")]
    public async Task Page_Report_IsWhatTheCommandPrints(string page)
    {
        const string sample = "coding-session.jsonl";
        using var cli = new Support.Cli();
        var input = cli.Write(
            sample,
            await File.ReadAllBytesAsync(Path.Combine(DocumentedExample.Root, "samples", sample), TestContext.Current.CancellationToken));

        var result = (await cli.RunAsync("compact", input, "--target", "20%")).ShouldExitWith(0);

        DocumentedExample.ShouldReport(
            page, (result.Error + result.Output).Replace("coding-session.", "samples/coding-session.", StringComparison.Ordinal));
    }
}
