using System.Text;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Files;

public sealed class BadInputTests
{
    [Theory]
    [InlineData("this is prose, not a session", "not JSON")]
    [InlineData("", "is empty")]
    [InlineData("{\"name\":\"package\",\"version\":\"1.0.0\"}", "no session format is recognized")]
    [InlineData("\0\u0001\u0002ELF\0\0", "binary file")]
    public async Task NotASession_IsNamed(string content, string expected)
    {
        using var cli = new Support.Cli();
        var file = cli.Write("input", Encoding.UTF8.GetBytes(content));

        foreach (var command in new[] { "compact", "plan", "count", "inspect" })
        {
            var result = (await cli.RunAsync(command, file)).ShouldExitWith(2);
            result.Error.ShouldStartWith("strata: input");
            result.Error.ShouldContain(expected);
            result.Output.ShouldBeEmpty();
        }

        (await cli.RunAsync("recall", "0123456789ab", "--in", file)).ShouldExitWith(2).Error.ShouldContain(expected);
        cli.Files().ShouldBe(["input"]);
    }

    [Fact]
    public async Task EmptyStandardInput_IsNamed()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", "-")).ShouldExitWith(2).Error
            .ShouldBe("strata: standard input is empty: there is no session in it.\n");
    }

    [Fact]
    public async Task TruncatedFile_IsReadAsFarAsItGoes()
    {
        using var cli = new Support.Cli();
        var whole = SampleSession.OfTurns(8);

        var result = (await cli.RunAsync("compact", cli.Write("s.jsonl", whole[..^300]), "--target", "20%")).ShouldExitWith(0);

        result.Output.ShouldContain("Problem: line 48 ");
    }

    [Fact]
    public async Task AnotherFormatThanStated_SaysWhatItLooksLike()
    {
        using var cli = new Support.Cli();

        var error = (await cli.RunAsync("compact", cli.Session(), "--format", "openai-chat")).ShouldExitWith(2).Error;

        error.ShouldContain("session.jsonl is not openai-chat");
        error.ShouldContain("looks like claude-code");
    }

    [Fact]
    public async Task Directory_IsNamed()
    {
        using var cli = new Support.Cli();
        Directory.CreateDirectory(cli.PathOf("folder"));

        (await cli.RunAsync("compact", cli.PathOf("folder"))).ShouldExitWith(2).Error
            .ShouldBe("strata: folder is a directory. Name a session file in it.\n");
    }

    [Fact]
    public async Task MissingFile_IsNamed()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.PathOf("none.jsonl"))).ShouldExitWith(2).Error.ShouldBe("strata: none.jsonl: no such file.\n");
    }

    [Fact]
    public async Task UnreadableFile_IsNamed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "permissions do not hold here");
        using var cli = new Support.Cli();
        var session = cli.Session();
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(session, UnixFileMode.None);

        (await cli.RunAsync("compact", session)).ShouldExitWith(2).Error
            .ShouldBe("strata: session.jsonl cannot be read: permission denied.\n");
    }

    [Fact]
    public async Task OutputInAMissingDirectory_IsNamed()
    {
        using var cli = new Support.Cli();

        var result =
            (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "-o", cli.PathOf("none/out.jsonl"))).ShouldExitWith(2);

        result.Error.ShouldContain("there is no such directory");
    }

    [Fact]
    public async Task FullDevice_Fails()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "this system has no /dev/full");
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "-o", "/dev/full")).ShouldExitWith(1);

        result.Error.ShouldStartWith("strata: /dev/full cannot be written: ");
    }
}
