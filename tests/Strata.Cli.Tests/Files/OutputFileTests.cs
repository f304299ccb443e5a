using Strata.Cli.Files;

namespace Strata.Cli.Tests.Files;

public sealed class OutputFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-cli-");

    private string Target => Path.Combine(_folder.FullName, "out.jsonl");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Write_Whole_StandsUnderItsName()
    {
        var file = new OutputFile(Target);

        await file.WriteAsync(stream => stream.WriteAsync("abc"u8.ToArray()).AsTask(), TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken)).ShouldBe("abc");
        file.Length.ShouldBe(3);
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Write_DiskFull_KeepsWhatWasThereAndRemovesTheRest()
    {
        await File.WriteAllTextAsync(Target, "before", TestContext.Current.CancellationToken);
        var file = new OutputFile(Target, create: path => new FullDisk(path));

        var failure = await Should.ThrowAsync<CliException>(
            () => file.WriteAsync(stream => stream.WriteAsync(new byte[100]).AsTask(), TestContext.Current.CancellationToken));

        failure.ExitCode.ShouldBe(ExitCodes.Failed);
        failure.Message.ShouldContain("No space left on device");
        (await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken)).ShouldBe("before");
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public async Task Write_Cancelled_LeavesNothing()
    {
        using var cancelled = new CancellationTokenSource();

        await Should.ThrowAsync<OperationCanceledException>(() => new OutputFile(Target).WriteAsync(
            async stream =>
            {
                await stream.WriteAsync("half"u8.ToArray(), CancellationToken.None);
                await cancelled.CancelAsync();
            },
            cancelled.Token));

        _folder.GetFiles().ShouldBeEmpty();
    }

    [Fact]
    public async Task Write_ThroughALink_ReplacesWhatItPointsTo()
    {
        await File.WriteAllTextAsync(Target, "before", TestContext.Current.CancellationToken);
        var link = Path.Combine(_folder.FullName, "link");
        File.CreateSymbolicLink(link, Target);

        await new OutputFile(link)
            .WriteAsync(stream => stream.WriteAsync("after"u8.ToArray()).AsTask(), TestContext.Current.CancellationToken);

        (await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken)).ShouldBe("after");
        new FileInfo(link).LinkTarget.ShouldNotBeNull();
    }

    [Fact]
    public async Task Write_LikeAPrivateFile_IsPrivate()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix permissions");
        var session = Path.Combine(_folder.FullName, "session");
        await File.WriteAllTextAsync(session, "secret", TestContext.Current.CancellationToken);
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(session, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await new OutputFile(Target, like: session)
            .WriteAsync(stream => stream.WriteAsync("x"u8.ToArray()).AsTask(), TestContext.Current.CancellationToken);

        File.GetUnixFileMode(Target).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private sealed class FullDisk(string path) : FileStream(path, FileMode.CreateNew)
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device");
    }
}
