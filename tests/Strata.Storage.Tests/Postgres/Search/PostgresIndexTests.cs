using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Postgres;
using Strata.Storage.Postgres.Search;
using Strata.Storage.Tests.Processes;
using Strata.Transcripts;

namespace Strata.Storage.Tests.Postgres.Search;

/// <summary>The index of words, which lags behind what was kept and is brought up by who searches.</summary>
public sealed class PostgresIndexTests(PostgresServerFixture server) : IAsyncDisposable
{
    private readonly PostgresSchema _schema = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task SearchAsync_BlocksOfMoreThanARun_FindsEachAndAfterRetentionTheRest()
    {
        await using var archive = await _schema.OpenAsync();
        const int count = TermRun.Fan + 3;
        for (var i = 0; i < count; i++)
            await archive.AppendAsync(SessionOf(i), ArchiveCheck.Named([Message(i)]), cancellationToken: Cancellation);
        await FindAsync(archive, 0);
        (await _schema.RunAsync("SELECT count(*) FROM term WHERE part >= 0", tenant: "a")).ShouldBe([(long)TermRun.Fan]);
        (await _schema.RunAsync("SELECT count(*) FROM term WHERE part = -1", tenant: "a")).ShouldBe([3L]);
        foreach (var i in (int[])[1, TermRun.Fan - 1, TermRun.Fan, count - 1])
            await FindAsync(archive, i);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();

        await _schema.RunAsync(
            $"UPDATE session SET updated_at = 1 WHERE session IN ('{SessionOf(1)}', '{SessionOf(count - 1)}')", tenant: "a");
        (await archive.PruneAsync(new RetentionPolicy { MaxAge = TimeSpan.FromDays(30) }, Cancellation)).Sessions.Count.ShouldBe(2);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await archive.SearchAsync(new SearchQuery { Words = "word1" }, Cancellation)).ShouldBeEmpty();
        foreach (var i in (int[])[0, 2, TermRun.Fan])
            await FindAsync(archive, i);
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SearchAsync_ManyReplicasAtOnce_IndexEachBlockOnce()
    {
        var replicas = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _schema.OpenAsync()));
        for (var i = 0; i < 40; i++)
            await replicas[i % replicas.Length]
                .AppendAsync(SessionOf(i), ArchiveCheck.Named([Message(i)]), cancellationToken: Cancellation);
        await Task.WhenAll(from replica in replicas from i in (int[])[0, 20, 39]
            select Task.Run(() => FindAsync(replica, i), Cancellation));
        (await _schema.RunAsync("SELECT count(*) FROM term", tenant: "a")).ShouldBe([40L]);
        (await _schema.RunAsync("SELECT count(*) FROM pending", tenant: "a")).ShouldBe([0L]);
        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    [Fact]
    public async Task SearchAsync_RoleThatMayOnlyRead_FindsWhatIsNotIndexedYet()
    {
        await using var writer = await _schema.OpenAsync();
        await writer.AppendAsync("s", ArchiveCheck.Named([Message(7)]), cancellationToken: Cancellation);
        var options = await _schema.OptionsAsync();
        await using var archive = await PostgresArchive.OpenAsync(
            options with { ConnectionString = $"{options.ConnectionString};Options=-c default_transaction_read_only=on" }, Cancellation);
        await FindAsync(archive, 7);
    }

    [Fact]
    public async Task SearchAsync_DamagedBlockThatWaits_FindsTheOthers()
    {
        await using var archive = await _schema.OpenAsync();
        await archive.AppendAsync(SessionOf(1), ArchiveCheck.Named([Message(1)]), cancellationToken: Cancellation);
        await _schema.RunAsync("UPDATE block SET bytes = 'x', items = 'y'", tenant: "a");
        await archive.AppendAsync(SessionOf(2), ArchiveCheck.Named([Message(2)]), cancellationToken: Cancellation);
        await FindAsync(archive, 2);
    }

    [Fact]
    public async Task DisposeAsync_BlocksThatWait_AreIndexed()
    {
        await using (var archive = await _schema.OpenAsync())
            await archive.AppendAsync("s", ArchiveCheck.Named([Message(1)]), cancellationToken: Cancellation);
        (await _schema.RunAsync("SELECT count(*) FROM pending", tenant: "a")).ShouldBe([0L]);
        (await _schema.RunAsync("SELECT count(*) FROM term", tenant: "a")).ShouldBe([1L]);
    }

    private static async Task FindAsync(PostgresArchive archive, int number) =>
        (await archive.SearchAsync(new SearchQuery { Words = string.Create(CultureInfo.InvariantCulture, $"word{number}") }, Cancellation))
        .ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            hit => hit.SessionId.ShouldBe(SessionOf(number)),
            hit => hit.Handle.ShouldBe(Handle.Of(ArchiveCheck.Named([Message(number)])[0].Fingerprint)));

    private static string SessionOf(int number) => number == 7 ? "s" : string.Create(CultureInfo.InvariantCulture, $"session {number}");

    private static ChatMessage Message(int number) =>
        new(ChatRole.User, string.Create(CultureInfo.InvariantCulture, $"said word{number} here"));
}
