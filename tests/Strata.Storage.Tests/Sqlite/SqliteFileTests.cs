using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Sqlite;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Sqlite;

/// <summary>Files that are no archive, or cannot be written, or are from other versions.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Archive => _folder.File("archive.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task OpenAsync_NewFile_OnlyItsOwnerMayReadIt()
    {
        var path = System.IO.Path.Combine(_folder.Path, "new", "folder", "archive.db");
        await using var archive = await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = path }, Cancellation);
        await archive.AppendAsync("s", ArchiveCheck.Named([new(ChatRole.User, "hello")]), cancellationToken: Cancellation);

        archive.Path.ShouldBe(path);
        if (OperatingSystem.IsWindows())
            return;
        File.GetUnixFileMode(path).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(path + "-wal").ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(System.IO.Path.GetDirectoryName(path)!)
            .ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Theory]
    [InlineData("this is a text and no database, and long enough to be a header of a hundred bytes, which is what SQLite looks at first")]
    [InlineData("short")]
    public async Task OpenAsync_TextFile_IsNotAnArchiveAndStaysAsItIs(string text)
    {
        await File.WriteAllTextAsync(Archive, text, Cancellation);

        var failure = await FailureAsync(new SqliteArchiveOptions { Path = Archive });

        failure.Fault.ShouldBe(ArchiveFault.NotAnArchive);
        failure.Message.ShouldContain(Archive);
        failure.Message.ShouldContain("--archive");
        (await File.ReadAllTextAsync(Archive, Cancellation)).ShouldBe(text);
    }

    [Fact]
    public async Task OpenAsync_DatabaseOfAnotherApplication_IsNotAnArchiveAndStaysAsItIs()
    {
        await File.WriteAllBytesAsync(Archive, [], Cancellation);
        using (var other = Connection.Open(Archive, OpenMode.ReadWrite))
            other.Execute("CREATE TABLE theirs (x)");

        (await FailureAsync(new SqliteArchiveOptions { Path = Archive })).Fault.ShouldBe(ArchiveFault.NotAnArchive);

        using var after = Connection.Open(Archive, OpenMode.ReadWrite);
        after.Number("SELECT count(*) FROM sqlite_master").ShouldBe(1);
    }

    [Fact]
    public async Task OpenAsync_FileOfANewerVersion_NamesBothVersions()
    {
        await (await OpenAsync()).DisposeAsync();
        using (var newer = Connection.Open(Archive, OpenMode.ReadWrite))
            newer.Execute("PRAGMA user_version = 99");

        foreach (var readOnly in (bool[])[false, true])
        {
            var failure = await FailureAsync(new SqliteArchiveOptions { Path = Archive, ReadOnly = readOnly });
            failure.Fault.ShouldBe(ArchiveFault.NewerVersion);
            failure.Message.ShouldContain("99");
            failure.Message.ShouldContain($"up to {SchemaVersions.Newest}");
            failure.Message.ShouldContain("Update");
        }
    }

    [Fact]
    public async Task OpenAsync_Folder_IsNotAnArchive() =>
        (await FailureAsync(new SqliteArchiveOptions { Path = _folder.Path })).Fault.ShouldBe(ArchiveFault.NotAnArchive);

    [Fact]
    public async Task OpenAsync_ReadOnlyAndNotThere_SaysSoAndMakesNothing()
    {
        (await FailureAsync(new SqliteArchiveOptions { Path = Archive, ReadOnly = true })).Message.ShouldContain("no archive");
        File.Exists(Archive).ShouldBeFalse();
    }

    [Fact]
    public async Task OpenAsync_ReadOnly_ReadsAndSearchesButDoesNotWrite()
    {
        var messages = ArchiveCheck.Named([new(ChatRole.User, "a walrus")]);
        await using (var archive = await OpenAsync())
            await archive.AppendAsync("s", messages, cancellationToken: Cancellation);

        await using var reader = await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = Archive, ReadOnly = true }, Cancellation);

        reader.IsReadOnly.ShouldBeTrue();
        (await reader.ReadAsync([messages[0].Fingerprint], Cancellation))[0]!.Message.Text.ShouldBe("a walrus");
        (await reader.SearchAsync(new SearchQuery { Words = "walrus" }, Cancellation)).Count.ShouldBe(1);
        (await reader.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await Should.ThrowAsync<ArchiveException>(() => reader.AppendAsync("s", messages, cancellationToken: Cancellation).AsTask())).Fault
            .ShouldBe(ArchiveFault.ReadOnly);
    }

    [Fact]
    public async Task OpenAsync_FileAndFolderThatCannotBeWritten_CanBeRead()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.UserName == "root", "Nothing keeps this user from writing.");
        var messages = ArchiveCheck.Named([new(ChatRole.User, "a walrus")]);
        await using (var archive = await OpenAsync())
            await archive.AppendAsync("s", messages, cancellationToken: Cancellation);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Archive, UnixFileMode.UserRead);
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        await using (var reader = await OpenAsync())
        {
            reader.IsReadOnly.ShouldBeTrue();
            (await reader.ReadAsync([messages[0].Fingerprint], Cancellation))[0]!.Message.Text.ShouldBe("a walrus");
            (await Should.ThrowAsync<ArchiveException>(() =>
                reader.AppendAsync("s", messages, cancellationToken: Cancellation).AsTask())).Fault.ShouldBe(ArchiveFault.ReadOnly);
        }

        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task OpenAsync_ImmutableFile_IsReadWithoutAnyOtherFile()
    {
        await using (var archive = await OpenAsync())
            await archive.AppendAsync("s", ArchiveCheck.Named([new(ChatRole.User, "a walrus")]), cancellationToken: Cancellation);

        using (var db = Connection.Open(Archive, OpenMode.Immutable))
            db.Number("SELECT count(*) FROM originals").ShouldBe(1);

        Directory.GetFiles(_folder.Path).ShouldBe([Archive]);
    }

    [Fact]
    public async Task CommitAsync_DiskFull_KeepsNothingOfTheCallAndGoesOnAfterwards()
    {
        await using var archive = await OpenAsync();
        var small = ArchiveCheck.Named([new(ChatRole.User, "before")]);
        await archive.AppendAsync("s", small, cancellationToken: Cancellation);
        var noise = new byte[400_000];
        new Random(1).NextBytes(noise);
        var large = ArchiveCheck.Named([new(ChatRole.User, Convert.ToBase64String(noise))]);
        await archive.RunAsync("PRAGMA max_page_count = 100");

        var failure =
            await Should.ThrowAsync<ArchiveException>(() => archive.AppendAsync("s", large, cancellationToken: Cancellation).AsTask());

        failure.Fault.ShouldBe(ArchiveFault.Full);
        failure.Message.ShouldContain(Archive);
        (await archive.ReadLogAsync("s", cancellationToken: Cancellation)).ShouldHaveSingleItem().Text.ShouldBe("before");
        (await archive.ReadAsync([large[0].Fingerprint], Cancellation)).ShouldBe([null]);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        await archive.RunAsync("PRAGMA max_page_count = 1000000");
        (await archive.AppendAsync("s", large, cancellationToken: Cancellation)).ShouldBe(1);
    }

    [Fact]
    public async Task AppendAsync_AnotherProcessWritesForLonger_SaysBusy()
    {
        await using var archive = await SqliteArchive.OpenAsync(
            new SqliteArchiveOptions { Path = Archive, BusyTimeout = TimeSpan.FromMilliseconds(30) }, Cancellation);
        using var other = Connection.Open(Archive, OpenMode.ReadWrite);
        other.TryBeginWriting().ShouldBeTrue();

        var messages = ArchiveCheck.Named([new(ChatRole.User, "hello")]);
        (await Should.ThrowAsync<ArchiveException>(() =>
            archive.AppendAsync("s", messages, cancellationToken: Cancellation).AsTask())).Fault.ShouldBe(ArchiveFault.Busy);

        other.Rollback();
        (await archive.AppendAsync("s", messages, cancellationToken: Cancellation)).ShouldBe(0);
    }

    [Theory]
    [InlineData(Durability.Full, 2)]
    [InlineData(Durability.Normal, 1)]
    public async Task OpenAsync_Durability_IsWhatSQLiteIsTold(Durability durability, long synchronous)
    {
        await using var archive =
            await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = Archive, Durability = durability }, Cancellation);

        (await archive.PragmaAsync("synchronous")).ShouldBe(synchronous);
        (await archive.PragmaAsync("auto_vacuum")).ShouldBe(2);
        File.Exists(Archive + "-wal").ShouldBeTrue();
    }

    private ValueTask<SqliteArchive> OpenAsync() => SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = Archive }, Cancellation);

    private static async Task<ArchiveException> FailureAsync(SqliteArchiveOptions options) =>
        await Should.ThrowAsync<ArchiveException>(() => SqliteArchive.OpenAsync(options, Cancellation).AsTask());
}
