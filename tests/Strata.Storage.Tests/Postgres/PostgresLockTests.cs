using Npgsql;
using Strata.Archives;
using Strata.Ladder;
using Strata.Storage.Postgres;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Tests.Processes;
using Strata.Summaries;

namespace Strata.Storage.Tests.Postgres;

public sealed class PostgresLockTests(PostgresServerFixture server) : IAsyncDisposable
{
    private readonly PostgresSchema _schema = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task OpenAsync_ManyAtOnce_CreateTheSchemaOnce()
    {
        var archives = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _schema.OpenAsync(), Cancellation)));
        (await _schema.RunAsync("SELECT number FROM version")).ShouldBe([1]);
        foreach (var archive in archives)
            await archive.DisposeAsync();
    }

    [Fact]
    public async Task AppendAsync_SessionHeldByAnotherWriter_IsBusyAndNamesIt()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await using var archive =
            await PostgresArchive.OpenAsync(await _schema.OptionsAsync() with { LockWait = TimeSpan.FromMilliseconds(50) }, Cancellation);
        await using var holder = new NpgsqlConnection(await server.ConnectionAsync());
        await holder.OpenAsync(Cancellation);
        await using var held = await holder.BeginTransactionAsync(Cancellation);
        await using (var command =
            new NpgsqlCommand($"SELECT pg_advisory_xact_lock({AdvisoryKey.Session(_schema.Name, "a", "mine")})", holder))
            await command.ExecuteNonQueryAsync(Cancellation);

        var error = await Should.ThrowAsync<ArchiveException>(() =>
            archive.AppendAsync("mine", ArchiveCheck.Named(MadeUp.Conversation(1)), cancellationToken: Cancellation).AsTask());
        error.Fault.ShouldBe(ArchiveFault.Busy);
        error.Message.ShouldContain("'mine'");
        error.Message.ShouldContain("LockWait");
        (await archive.AppendAsync("another", ArchiveCheck.Named(MadeUp.Conversation(1)), cancellationToken: Cancellation)).ShouldBe(0);
        await held.RollbackAsync(Cancellation);
        (await archive.AppendAsync("mine", ArchiveCheck.Named(MadeUp.Conversation(1)), cancellationToken: Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task ClaimAsync_ManyNodesByManyReplicasOnSmallPools_WritesEachOnce()
    {
        var written = new int[30];
        var replicas = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => _schema.OpenAsync()));
        async Task WriteAsync(PostgresArchive replica, int node)
        {
            await using (await replica.ClaimAsync($"node {node}", Cancellation))
            {
                if (await replica.FindAsync($"node {node}", Cancellation) is null)
                {
                    Interlocked.Increment(ref written[node]);
                    await replica.AddAsync(new SummaryNode($"node {node}", 1, "text", 2, "model", default, []), Cancellation);
                }
            }
        }

        await Task.WhenAll(from replica in replicas from node in Enumerable.Range(0, written.Length)
            select Task.Run(() => WriteAsync(replica, node), Cancellation));
        written.ShouldAllBe(times => times == 1);
        foreach (var replica in replicas)
            await replica.DisposeAsync();
    }

    [Fact]
    public async Task ClaimAsync_HolderThatLosesItsConnection_LetsOthersIn()
    {
        await using var holder = await _schema.OpenAsync();
        await using var other = await _schema.OpenAsync();
        var lost = await holder.ClaimAsync("key", Cancellation);
        var waiting = other.ClaimAsync("key", Cancellation).AsTask();
        var name = AdvisoryKey.Node(_schema.Name, "a", "key");
        (await _schema.RunAsync("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND "
            + $"((classid::bigint << 32) | objid::bigint) = {name}")).ShouldBe([true]);
        await using (await waiting)
        {
            // The one that lost its claim must not take the other's away.
            await lost!.DisposeAsync();
            using var giveUp = new CancellationTokenSource();
            var third = holder.ClaimAsync("key", giveUp.Token).AsTask();
            third.IsCompleted.ShouldBeFalse();
            await giveUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(third);
        }
    }

    [Fact]
    public async Task ClaimAsync_WaiterThatGivesUp_LeavesOtherClaimsAlone()
    {
        await using var archive = await _schema.OpenAsync();
        await using var other = await _schema.OpenAsync();
        var first = await archive.ClaimAsync("first", Cancellation);
        await using (await other.ClaimAsync("second", Cancellation))
        {
            using var giveUp = new CancellationTokenSource();
            var waiting = archive.ClaimAsync("second", giveUp.Token).AsTask();
            await giveUp.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(waiting);
            var locks = await _schema.RunAsync("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND "
                + $"((classid::bigint << 32) | objid::bigint) = {AdvisoryKey.Node(_schema.Name, "a", "first")}");
            locks.ShouldBe([1L]);
        }

        await first!.DisposeAsync();
    }
}
