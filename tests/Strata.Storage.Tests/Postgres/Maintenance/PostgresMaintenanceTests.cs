using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Postgres;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Postgres.Maintenance;

public sealed class PostgresMaintenanceTests(PostgresServerFixture server) : IAsyncDisposable
{
    private readonly PostgresSchema _schema = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task GetTotalsAsync_AfterACompaction_CountsWhatThereIs()
    {
        await using var archive = await FillAsync();
        var totals = await archive.GetTotalsAsync(Cancellation);
        (totals.Sessions, totals.Receipts, totals.SchemaVersion).ShouldBe((1, 1, 1));
        totals.Originals.ShouldBeGreaterThan(30);
        totals.StoredBytes!.Value.ShouldBeGreaterThan(0);
        totals.TextBytes.ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData("DELETE FROM term", "block")]
    [InlineData("UPDATE term SET codes = substr(codes, 1, 40)", "block")]
    [InlineData("INSERT INTO pending VALUES ('a', 1)", "terms")]
    [InlineData("INSERT INTO term VALUES ('a', -1, 1, decode('020200', 'hex'))", "terms")]
    [InlineData("DELETE FROM original", "original")]
    [InlineData("UPDATE original SET slot = slot + 1000", "original")]
    [InlineData("UPDATE session SET log_count = 3", "log")]
    [InlineData("UPDATE node SET body = 'x'", "summary node")]
    [InlineData("DELETE FROM receipt", "handles")]
    public async Task CheckAsync_WhatCanBeMended_IsMendedWhenAsked(string damage, string place)
    {
        await using var archive = await FillAsync();
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        await _schema.RunAsync(damage, tenant: "a");

        var found = await archive.CheckAsync(cancellationToken: Cancellation);
        found.ShouldNotBeEmpty();
        found.ShouldAllBe(finding => finding.Place.StartsWith(place) && finding.Severity == FindingSeverity.Notice && !finding.Repaired);
        (await archive.CheckAsync(repair: true, Cancellation)).ShouldAllBe(finding => finding.Repaired);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await archive.ReadLogAsync("s", cancellationToken: Cancellation)).Select(message => message.Text)
            .ShouldBe(MadeUp.Conversation(1).Select(message => message.Text));
        (await archive.SearchAsync(new SearchQuery { Words = "crash" }, Cancellation)).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE block SET bytes = substr(bytes, 1, 100)", "block")]
    [InlineData("UPDATE block SET items = set_byte(items, 24, 255 - get_byte(items, 24))", "block")]
    [InlineData("DELETE FROM block", "original")]
    [InlineData("UPDATE receipt SET body = 'x'", "receipt")]
    [InlineData("DELETE FROM piece", "session file")]
    [InlineData("DELETE FROM document", "receipt")]
    [InlineData("DELETE FROM log", "log")]
    public async Task CheckAsync_WhatIsLost_IsNamed(string damage, string place)
    {
        await using var archive = await FillAsync();
        await archive.AppendAsync("s", ArchiveCheck.Named([new(ChatRole.User, "one more")]), cancellationToken: Cancellation);
        await _schema.RunAsync(damage == "DELETE FROM log" ? "DELETE FROM log WHERE first = 0" : damage, tenant: "a");
        var found = await archive.CheckAsync(cancellationToken: Cancellation);
        found.ShouldContain(finding => finding.Place.StartsWith(place) && finding.Severity == FindingSeverity.Lost);
    }

    [Fact]
    public async Task ReadAsync_DamagedBlock_SaysSo()
    {
        await using var archive = await FillAsync();
        await _schema.RunAsync("UPDATE block SET bytes = substr(bytes, 1, 10)", tenant: "a");
        var error = await Should.ThrowAsync<ArchiveException>(() => archive.ReadLogAsync("s", cancellationToken: Cancellation).AsTask());
        error.Fault.ShouldBe(ArchiveFault.NotAnArchive);
        error.Message.ShouldContain("doctor");
    }

    [Fact]
    public async Task PruneAsync_NothingAsked_RemovesNothing()
    {
        await using var archive = await FillAsync();
        (await archive.PruneAsync(new RetentionPolicy(), Cancellation)).Sessions.ShouldBeEmpty();
        (await archive.ListSessionsAsync(cancellationToken: Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task PruneAsync_SessionThatSharesOriginals_RemovesWhatNobodyElseHolds()
    {
        await using var archive = await FillAsync();
        var messages = MadeUp.Conversation(1);
        await archive.AppendAsync("t", ArchiveCheck.Named(messages[..5]), cancellationToken: Cancellation);
        var before = await archive.GetTotalsAsync(Cancellation);
        var policy = new RetentionPolicy { MaxAge = TimeSpan.FromDays(30) };
        (await archive.PruneAsync(policy, Cancellation)).Sessions.ShouldBeEmpty();

        // "s" was last used long ago.
        await _schema.RunAsync("UPDATE session SET updated_at = 1 WHERE session = 's'", tenant: "a");
        var dry = await archive.PruneAsync(policy with { DryRun = true }, Cancellation);
        (await archive.GetTotalsAsync(Cancellation)).Originals.ShouldBe(before.Originals);
        var result = await archive.PruneAsync(policy, Cancellation);
        result.ShouldBeEquivalentTo(dry);
        result.Sessions.ShouldBe(["s"]);
        result.Originals.ShouldBe(before.Originals - 5);

        (await archive.GetTotalsAsync(Cancellation)).Originals.ShouldBe(5);
        (await archive.ReadLogAsync("t", cancellationToken: Cancellation)).Select(message => message.Text)
            .ShouldBe(messages[..5].Select(message => message.Text));
        (await archive.ReadLogAsync("s", cancellationToken: Cancellation)).ShouldBeEmpty();
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await _schema.RunAsync("SELECT count(*) FROM piece", tenant: "a")).ShouldBe([0L]);
        (await archive.SearchAsync(new SearchQuery { Words = messages[1].Text }, Cancellation)).ShouldAllBe(hit => hit.SessionId == "t");
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();

        // What was removed comes by again.
        await archive.AppendAsync("s", ArchiveCheck.Named(messages), cancellationToken: Cancellation);
        (await archive.ReadLogAsync("s", cancellationToken: Cancellation)).Count.ShouldBe(messages.Count);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task PruneAsync_BySize_RemovesTheLongestUnusedFirst()
    {
        await using var archive = await FillAsync();
        foreach (var number in (int[])[2, 3])
            await archive.AppendAsync($"{number}", ArchiveCheck.Named(MadeUp.Conversation(number)), cancellationToken: Cancellation);
        var all = await archive.PruneAsync(new RetentionPolicy { MaxBytes = 0, DryRun = true }, Cancellation);
        all.Sessions.ShouldBe(["s", "2", "3"]);
        var some = await archive.PruneAsync(new RetentionPolicy { MaxBytes = all.BytesFreed - 1 }, Cancellation);
        some.Sessions.ShouldBe(["s"]);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AppendAsync_StagedOriginalsRemovedMeanwhile_ArePackedAgain()
    {
        await using var archive = await FillAsync();
        var messages = MadeUp.Conversation(1);
        var staged = await archive.StageAsync(ArchiveCheck.Named(messages), Cancellation);
        await archive.PruneAsync(new RetentionPolicy { MaxBytes = 0 }, Cancellation);
        var transcript = Strata.Transcripts.Transcript.Create(messages);
        await archive.CommitAsync(
            new ArchivedCompaction
            {
                SessionId = "u", Staged = staged, Before = ArchiveCheck.Named(messages), After = [], Handles = [],
                History = transcript.Fingerprint, HistoryCount = messages.Count,
                Receipt = new CompactionReceipt
                {
                    Id = "000000000001",
                    Source = transcript.Fingerprint,
                    Result = transcript.Fingerprint,
                    At = default,
                    Strategy = "x",
                    TokensBefore = 2,
                    TokensAfter = 1,
                    Rungs = [],
                    Cuts = [],
                    WrittenBy = []
                },
            },
            Cancellation);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await archive.GetTotalsAsync(Cancellation)).Originals.ShouldBeGreaterThan(30);
    }

    private async Task<PostgresArchive> FillAsync()
    {
        var archive = await _schema.OpenAsync();
        var messages = MadeUp.Conversation(1);
        await archive.AppendAsync("s", ArchiveCheck.Named(messages), "call", Cancellation);
        await archive.AddAsync(new Strata.Summaries.SummaryNode("key", 1, "text", 2, "model", default, []), Cancellation);
        var compactor = new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive);
        await compactor.CompactAsync(
            new CompactionRequest
            {
                Messages = messages,
                SessionId = "s",
                Threshold = 1_000,
                Target = 1_000,
                Force = true,
                Document = new ArchivedDocument("codex", "f", "{}"u8.ToArray())
            }, Cancellation);
        (await archive.SearchAsync(new SearchQuery { Words = "crash" }, Cancellation)).ShouldNotBeEmpty();
        return archive;
    }
}
