using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

/// <summary>Paths that are no archive, or are something else as well.</summary>
public sealed class ArchivePathTests
{
    /// <summary>Every command that reads an archive.</summary>
    public static TheoryData<string> Readers { get; } =
    [
        "recall 0123456789ab", "search words", "sessions", "receipts", "doctor", "doctor --repair", "export --all", "undo session",
        "undo session.jsonl", "prune --max-age 1d",
    ];

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Reader_ArchiveThatIsNotThere_IsNamedAndNotMade(string command)
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync(Args(cli, command))).ShouldExitWith(2);

        result.Error.ShouldStartWith("strata: there is no archive at ~/.local/share/strata/archive.db. ");
        result.Output.ShouldBeEmpty();
        File.Exists(cli.DefaultArchive).ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public async Task Reader_EmptyFile_IsNamedAndStaysEmpty(string command)
    {
        using var cli = new Support.Cli();
        var empty = cli.Write("own.db", "");

        var result = (await cli.RunAsync([.. Args(cli, command), "--archive", empty])).ShouldExitWith(2);

        result.Error.ShouldStartWith("strata: own.db is no archive: the file is empty. ");
        result.Output.ShouldBeEmpty();
        new FileInfo(empty).Length.ShouldBe(0);
        cli.Files().ShouldNotContain(name => name.StartsWith("own.db-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Compact_EmptyFile_BecomesAnArchive()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--archive", cli.Write("own.db", ""))).ShouldExitWith(0).Output
            .ShouldContain("Archive: own.db (made now)");

        (await cli.RunAsync("sessions", "--archive", cli.PathOf("own.db"))).ShouldExitWith(0);
    }

    [Theory]
    [InlineData("recall", "0123456789ab")]
    [InlineData("search", "words")]
    [InlineData("sessions")]
    [InlineData("doctor")]
    [InlineData("compact")]
    public async Task Command_FileThatIsNoArchive_IsNamed(params string[] command)
    {
        using var cli = new Support.Cli();
        var notes = cli.Write(
            "notes.txt",
            "these are my notes, and no database at all; they are longer than a page header has to be, so that nobody mistakes them.");
        string[] args = command is ["compact"] ? ["compact", cli.Session(), "--target", "20%"] : command;

        var result = (await cli.RunAsync([.. args, "--archive", notes])).ShouldExitWith(2);

        result.Error.ShouldContain("notes.txt");
        File.ReadAllText(notes).ShouldStartWith("these are my notes");
        cli.Files().ShouldNotContain("session.compacted.jsonl");
    }

    [Theory]
    [InlineData("out.jsonl", "out.jsonl")]
    [InlineData("out.jsonl", "./out.jsonl")]
    [InlineData(null, "session.compacted.jsonl")]
    public async Task Compact_ArchiveThatIsTheOutput_WritesNeither(string? output, string archive)
    {
        using var cli = new Support.Cli();
        string[] named = output is null ? [] : ["-o", cli.PathOf(output)];
        string[] args = ["compact", cli.Session(), "--target", "20%", "--archive", cli.PathOf(archive), .. named];

        (await cli.RunAsync(args)).ShouldExitWith(2).Error
            .ShouldContain("cannot be the archive and the output at once. Name another file with -o or --archive.");

        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Fact]
    public async Task Compact_ArchiveThatIsTheInput_ChangesNothing()
    {
        using var cli = new Support.Cli();
        var session = cli.Session();
        var before = await cli.ReadAsync("session.jsonl");
        File.CreateSymbolicLink(cli.PathOf("link.db"), session);

        foreach (var archive in new[] { session, cli.PathOf("link.db") })
            (await cli.RunAsync("compact", session, "--target", "20%", "--archive", archive)).ShouldExitWith(2).Error
                .ShouldContain("cannot be the archive and the input at once");

        (await cli.ReadAsync("session.jsonl")).ShouldBe(before);
        cli.Files().ShouldBe(["link.db", "session.jsonl"]);
    }

    [Theory]
    [InlineData("undo", "session.compacted.jsonl")]
    [InlineData("export", "session.jsonl")]
    [InlineData("compact", "session.jsonl", "--target", "30%")]
    public async Task Writer_OverTheArchive_LeavesItWhole(params string[] command)
    {
        using var cli = new Support.Cli();
        var archive = cli.PathOf("own.db");
        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--archive", archive)).ShouldExitWith(0);
        string[] args = [command[0], command[0] == "export" ? command[1] : cli.PathOf(command[1]), .. command[2..]];

        (await cli.RunAsync([.. args, "--archive", archive, "-o", archive, "--overwrite"])).ShouldExitWith(2).Error
            .ShouldContain("cannot be the archive and the output at once");

        (await cli.RunAsync("doctor", "--archive", archive)).ShouldExitWith(0).Output.ShouldContain("1 receipt");
    }

    [Fact]
    public async Task Compact_ArchiveWithABlankInItsName_IsNamedAsTheShellTakesIt()
    {
        using var cli = new Support.Cli();

        var result =
            (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--archive", cli.PathOf("my own.db"))).ShouldExitWith(0);
        result.Output.ShouldContain("Originals: strata recall HANDLE --archive \"my own.db\"\n");

        (await cli.RunAsync("receipts", "nobody", "--archive", cli.PathOf("my own.db"))).ShouldExitWith(1).Error
            .ShouldContain("'strata sessions --archive \"my own.db\"' lists them.");
        cli.Session(name: "my session.jsonl");
        (await cli.RunAsync("compact", cli.PathOf("my session.jsonl"), "--target", "20%", "--no-archive")).ShouldExitWith(0)
            .Output.ShouldContain("Originals: strata recall HANDLE --in \"my session.jsonl\"\n");
    }

    private static string[] Args(Support.Cli cli, string command)
    {
        cli.Session();
        return [.. command.Split(' ').Select(word => word == "session.jsonl" ? cli.PathOf(word) : word)];
    }
}
