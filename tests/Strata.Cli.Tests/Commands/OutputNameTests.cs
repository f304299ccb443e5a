using System.Text.Json;
using Strata.Cli.Archives;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

/// <summary>A compaction whose file cannot be written is not archived.</summary>
public sealed class OutputNameTests
{
    [Theory]
    [InlineData("none/out.jsonl", "none/out.jsonl cannot be written: there is no such directory")]
    [InlineData("taken.jsonl", "taken.jsonl exists. Give --overwrite")]
    [InlineData("folder", "folder is a directory")]
    public async Task Compact_NameThatCannotBe_MakesNoArchive(string output, string expected)
    {
        using var cli = new Support.Cli();
        cli.Write("taken.jsonl", "mine");
        Directory.CreateDirectory(cli.PathOf("folder"));

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "-o", cli.PathOf(output))).ShouldExitWith(2).Error
            .ShouldContain(expected);

        File.Exists(cli.DefaultArchive).ShouldBeFalse();
    }

    [Fact]
    public async Task Compact_FolderThatCannotBeWritten_MakesNoArchive()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not hold here");
        using var cli = new Support.Cli();
        var folder = Directory.CreateDirectory(cli.PathOf("folder"));
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserExecute;

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "-o", cli.PathOf("folder/out.jsonl"))).ShouldExitWith(1).Error
            .ShouldContain("cannot be written");

        File.Exists(cli.DefaultArchive).ShouldBeFalse();
    }

    [Fact]
    public async Task Compact_NameThatIsTakenMeanwhile_LeavesNoReceipt()
    {
        using var cli = new Support.Cli();
        cli.OpenArchive = (request, cancellationToken) =>
        {
            cli.Write("out.jsonl", "another's");
            return ArchiveOpener.OpenAsync(request, cancellationToken);
        };

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "-o", cli.PathOf("out.jsonl"))).ShouldExitWith(2).Error
            .ShouldContain("out.jsonl exists.");

        cli.OpenArchive = null;
        (await ReceiptsAsync(cli)).ShouldBe(0);
        File.ReadAllText(cli.PathOf("out.jsonl")).ShouldBe("another's");
        cli.Files().ShouldBe(["out.jsonl", "session.jsonl"]);
    }

    [Fact]
    public async Task Compact_SixAtOnceToOneName_OneIsWrittenAndHasTheReceipt()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();

        var results = await Task.WhenAll(Enumerable.Range(20, 6)
            .Select(share => Task.Run(() => cli.RunAsync("compact", session, "--target", $"{share}%", "-o", cli.PathOf("out.jsonl")))));

        results.Count(result => result.ExitCode == 0).ShouldBe(1);
        results.Count(result => result.ExitCode == 2 && result.Error.Contains("out.jsonl exists.", StringComparison.Ordinal)).ShouldBe(5);
        (await ReceiptsAsync(cli)).ShouldBe(1);
        cli.Files().ShouldBe(["out.jsonl", "session.jsonl"]);
        (await cli.RunAsync("undo", cli.PathOf("out.jsonl"), "-o", "-")).ShouldExitWith(0).Bytes
            .ShouldBe(await cli.ReadAsync("session.jsonl"));
    }

    [Fact]
    public async Task Compact_ArchiveFailsAtTheCommit_LeavesNoFile()
    {
        using var cli = new Support.Cli();
        cli.OpenArchive =
            async (request, cancellationToken) => FailingArchive.AtCommit(await ArchiveOpener.OpenAsync(request, cancellationToken));

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "-o", cli.PathOf("out.jsonl"))).ShouldExitWith(2).Error
            .ShouldContain("Nothing was written");

        cli.Files().ShouldBe(["session.jsonl"]);
    }

    private static async Task<int> ReceiptsAsync(Support.Cli cli) =>
        JsonDocument.Parse((await cli.RunAsync("receipts", "--json")).ShouldExitWith(0).Output).RootElement.GetProperty("receipts")
            .GetArrayLength();
}
