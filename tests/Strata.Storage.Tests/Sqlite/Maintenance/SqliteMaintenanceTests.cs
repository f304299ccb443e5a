using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Strata.Archives;
using Strata.Storage.Sqlite;
using Strata.Storage.Tests.Processes;
using Strata.Transcripts;

namespace Strata.Storage.Tests.Sqlite.Maintenance;

/// <summary>What the doctor finds and mends, and what retention removes.</summary>
public sealed class SqliteMaintenanceTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private SqliteArchive _archive = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        _archive = await SqliteArchive.OpenAsync(
            new SqliteArchiveOptions { Path = _folder.File("archive.db"), TimeProvider = _time }, Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _archive.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task CheckAsync_SoundArchive_FindsNothing()
    {
        await CompactAsync(1);
        await CompactAsync(2);
        await _archive.SearchAsync(new SearchQuery { Words = "archive" }, Cancellation);

        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE blocks SET bytes = zeroblob(length(bytes)) WHERE id = (SELECT min(id) FROM blocks)", "original")]
    [InlineData("UPDATE originals SET checksum = checksum + 1 WHERE id = (SELECT min(id) FROM originals)", "original")]
    [InlineData("DELETE FROM blocks WHERE id = (SELECT min(id) FROM blocks)", "original")]
    [InlineData("DELETE FROM originals WHERE id = (SELECT min(id) FROM originals)", "receipt")]
    [InlineData("UPDATE receipts SET layout = x'ff'", "receipt")]
    [InlineData("UPDATE receipts SET body = x'ff'", "receipt")]
    [InlineData("DELETE FROM pieces WHERE id = (SELECT min(id) FROM pieces)", "receipt")]
    [InlineData("UPDATE pieces SET length = length + 1 WHERE id = (SELECT min(id) FROM pieces)", "piece")]
    [InlineData("DELETE FROM log WHERE position = 3", "log")]
    [InlineData("DELETE FROM sessions", "originals")]
    public async Task CheckAsync_SomethingLost_SaysWhereAndIsNotSilentAfterRepair(string damage, string place)
    {
        await CompactAsync(1);
        await _archive.RunAsync(damage);

        var findings = await _archive.CheckAsync(cancellationToken: Cancellation);
        var repaired = await _archive.CheckAsync(repair: true, Cancellation);

        findings.ShouldContain(finding =>
            finding.Severity == FindingSeverity.Lost && finding.Place.StartsWith(place, StringComparison.Ordinal) && !finding.Repaired);
        repaired.ShouldContain(finding => finding.Severity == FindingSeverity.Lost && !finding.Repaired);
    }

    [Theory]
    [InlineData("INSERT INTO handles VALUES (5, 99, 0, -1, x'00')")]
    [InlineData("INSERT INTO blocks (tenant, length, bytes) VALUES (1, 0, x'')")]
    [InlineData("INSERT INTO shared VALUES (9999, 1)")]
    public async Task CheckAsync_SomethingNeedless_IsRepairedAndSaid(string damage)
    {
        await CompactAsync(1);
        await _archive.RunAsync(damage);

        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            finding => finding.Severity.ShouldBe(FindingSeverity.Notice), finding => finding.Repaired.ShouldBeFalse());
        (await _archive.CheckAsync(repair: true, Cancellation)).ShouldHaveSingleItem().Repaired.ShouldBeTrue();
        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        await ShouldHoldAsync(1);
    }

    [Fact]
    public async Task CheckAsync_IndexDamaged_IsMadeAnew()
    {
        await CompactAsync(1);
        var query = new SearchQuery { Words = "archive", Limit = 100 };
        var before = (await _archive.SearchAsync(query, Cancellation)).Count;
        await _archive.RunAsync("UPDATE terms_1_data SET block = zeroblob(30) WHERE id > 1000");

        var found = (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldHaveSingleItem();
        (found.Place, found.Severity, found.Repaired).ShouldBe(("full-text index", FindingSeverity.Notice, false));
        (await _archive.CheckAsync(repair: true, Cancellation)).ShouldHaveSingleItem().Repaired.ShouldBeTrue();

        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        before.ShouldBeGreaterThan(5);
        (await _archive.SearchAsync(query, Cancellation)).Count.ShouldBe(before);
    }

    [Fact]
    public async Task CheckAsync_OthersMayReadTheFile_TakesThatAway()
    {
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(_archive.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldHaveSingleItem().Repaired.ShouldBeFalse();
        (await _archive.CheckAsync(repair: true, Cancellation)).ShouldHaveSingleItem().Repaired.ShouldBeTrue();
        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchAsync_OneOriginalDamaged_FindsTheOthers()
    {
        await _archive.AppendAsync("s", ArchiveCheck.Named([new(ChatRole.User, "first walrus")]), cancellationToken: Cancellation);
        await _archive.AppendAsync("s", ArchiveCheck.Named([new(ChatRole.User, "second walrus")]), cancellationToken: Cancellation);
        await _archive.RunAsync("UPDATE originals SET checksum = 0 WHERE id = 1");

        (await _archive.SearchAsync(new SearchQuery { Words = "walrus" }, Cancellation)).ShouldHaveSingleItem().Excerpt
            .ShouldBe("second walrus");
    }

    [Fact]
    public async Task PruneAsync_NothingAsked_RemovesNothing()
    {
        await CompactAsync(1);
        _time.Advance(TimeSpan.FromDays(10_000));

        (await _archive.PruneAsync(new RetentionPolicy(), Cancellation)).Sessions.ShouldBeEmpty();

        await ShouldHoldAsync(1);
    }

    [Fact]
    public async Task PruneAsync_ByAge_RemovesTheOldSessionAndWhatOnlyItHolds()
    {
        await CompactAsync(1);
        await _archive.SearchAsync(new SearchQuery { Words = "archive" }, Cancellation);
        var shared = ArchiveCheck.Named(MadeUp.Conversation(1))[0].Fingerprint;
        _time.Advance(TimeSpan.FromDays(10));
        await CompactAsync(2);
        var policy = new RetentionPolicy { MaxAge = TimeSpan.FromDays(5) };
        var trial = await _archive.PruneAsync(policy with { DryRun = true }, Cancellation);
        await ShouldHoldAsync(1);

        var result = await _archive.PruneAsync(policy, Cancellation);

        result.Sessions.ShouldBe(["session 1"]);
        trial.Sessions.ShouldBe(result.Sessions);
        trial.Originals.ShouldBe(result.Originals);
        result.Originals.ShouldBeGreaterThan(20);
        result.BytesFreed.ShouldBeGreaterThan(0);
        (await _archive.FindSessionAsync("session 1", Cancellation)).ShouldBeNull();
        (await _archive.ListReceiptsAsync(cancellationToken: Cancellation)).ShouldHaveSingleItem().SessionId.ShouldBe("session 2");
        (await _archive.ReadAsync([shared], Cancellation))[0].ShouldNotBeNull();
        await ShouldHoldAsync(2);
        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await _archive.SearchAsync(new SearchQuery { Words = "archive", Limit = 1_000 }, Cancellation))
            .ShouldAllBe(hit => hit.SessionId == "session 2");
    }

    [Fact]
    public async Task PruneAsync_BySize_TheFileShrinks()
    {
        for (var number = 1; number <= 30; number++)
            await CompactAsync(number);
        var before = (await _archive.GetTotalsAsync(Cancellation)).StoredBytes!.Value;
        await _archive.RunAsync("PRAGMA wal_checkpoint(TRUNCATE)");
        var most = new FileInfo(_archive.Path).Length / 2;

        var result = await _archive.PruneAsync(new RetentionPolicy { MaxBytes = most }, Cancellation);

        new FileInfo(_archive.Path).Length.ShouldBeLessThanOrEqualTo(most);
        (await _archive.GetTotalsAsync(Cancellation)).StoredBytes!.Value.ShouldBeLessThan(before);
        result.Sessions.ShouldBe(Enumerable.Range(1, result.Sessions.Count).Select(number => $"session {number}"));
        await ShouldHoldAsync(30);
        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CommitAsync_StagedBeforeRetentionRan_IsStagedAgain()
    {
        await CompactAsync(1);
        var messages = ArchiveCheck.Named(MadeUp.Conversation(1));
        var staged = await _archive.StageAsync(messages, Cancellation);
        _time.Advance(TimeSpan.FromDays(10));
        await _archive.PruneAsync(new RetentionPolicy { MaxAge = TimeSpan.FromDays(5) }, Cancellation);

        await _archive.CommitAsync(new ArchivedCompaction
        {
            SessionId = "again",
            Receipt = new CompactionReceipt
            {
                Id = "000000000001", Source = Fingerprint.Empty, Result = Fingerprint.Empty, At = _time.GetUtcNow(), Strategy = "s",
                TokensBefore = 2, TokensAfter = 1, Rungs = [], Cuts = [], WrittenBy = [],
            },
            Before = messages, After = [], Handles = [], History = Fingerprint.Empty, HistoryCount = 1, Staged = staged,
        }, Cancellation);

        await ShouldHoldAsync(1);
        (await _archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    private async Task CompactAsync(int number)
    {
        var messages = MadeUp.Conversation(number);
        var document = string.Join('\n', messages.Select((message, i) => $"{{\"line\":{i},\"text\":\"{number} {message.Text.Length}\"}}"));
        await new Compactor(new CompactionOptions { Window = 100_000 }, time: _time, archive: _archive).CompactAsync(
            new CompactionRequest
            {
                Messages = messages, SessionId = $"session {number}", Threshold = 1_000, Target = 1_000, Force = true,
                Document = new ArchivedDocument("codex", null, System.Text.Encoding.UTF8.GetBytes(document)),
            },
            Cancellation);
        await _archive.AppendAsync($"session {number}", ArchiveCheck.Named(messages), cancellationToken: Cancellation);
    }

    private async Task ShouldHoldAsync(int number) =>
        (await _archive.ReadAsync([.. ArchiveCheck.Named(MadeUp.Conversation(number)).Select(message => message.Fingerprint)],
            Cancellation)).ShouldAllBe(original => original != null);
}
