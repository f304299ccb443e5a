using Strata.Archives;
using Strata.Storage.Sqlite;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Sqlite.Schema;

/// <summary>
/// Files that released versions wrote. Each was made by this program: <c>Strata.Storage.Tests --archive-child compact FILE 0</c> until it
/// had printed two lines, then
/// <c>--archive-child append FILE writer 3</c>, which ended by itself. A new version adds its file and keeps the others.
/// </summary>
public sealed class SqliteVersionsTests
{
    public static TheoryData<int> Versions => [.. Enumerable.Range(1, SchemaVersions.Newest)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task OpenAsync_FileOfAReleasedVersion_GivesAllBackAndGoesOn(int version)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Sqlite", "Fixtures", $"version{version}.db"), folder.File("archive.db"));
        await using var archive =
            await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = folder.File("archive.db") }, cancellation);

        var receipts = await archive.ListReceiptsAsync(cancellationToken: cancellation);
        receipts.Count.ShouldBeGreaterThan(0);
        (await ArchiveCheck.FaultOfAsync(archive, $"compacted 0 {receipts[^1].Receipt.Id}", cancellation)).ShouldBeNull();
        (await ArchiveCheck.FaultOfAsync(archive, "appended 0", cancellation)).ShouldBeNull();
        (await ArchiveCheck.FaultOfLogAsync(archive, "shared", writers: 1, count: 3, cancellation)).ShouldBeNull();
        (await archive.SearchAsync(new SearchQuery { Words = "archive" }, cancellation)).ShouldNotBeEmpty();
        (await archive.CheckAsync(cancellationToken: cancellation)).ShouldNotContain(finding => finding.Severity == FindingSeverity.Lost);
        (await archive.GetTotalsAsync(cancellation)).SchemaVersion.ShouldBe(SchemaVersions.Newest);
        (await archive.AppendAsync("shared", ArchiveCheck.Named(MadeUp.Conversation(7)), cancellationToken: cancellation)).ShouldBe(3);
    }
}
