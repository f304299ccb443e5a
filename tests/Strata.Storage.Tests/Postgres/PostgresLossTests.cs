using System.Globalization;
using Npgsql;
using Strata.Archives;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Postgres;

/// <summary>Connections and processes that end at random moments.</summary>
public sealed class PostgresLossTests(PostgresServerFixture server) : IAsyncDisposable
{
    private readonly PostgresSchema _schema = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task Writes_ConnectionsEndedAtRandomMoments_AreKeptOnceOrReported()
    {
        await using var archive = await _schema.OpenAsync();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var killer = Task.Run(() => EndConnectionsAsync(done.Token), Cancellation);
        var compactor = new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive);
        var (acknowledged, reported) = (new List<string>(), 0);
        for (var number = 0; number < 40; number++)
        {
            var messages = MadeUp.Conversation(number);
            var request = new CompactionRequest
            {
                Messages = messages,
                SessionId = ArchiveChild.SessionOf(number),
                Threshold = 1_000,
                Target = 1_000,
                Force = true
            };
            try
            {
                acknowledged.Add($"compacted {number} {(await compactor.CompactAsync(request, Cancellation)).Receipt!.Id}");
                await archive.AppendAsync(ArchiveChild.SessionOf(number), ArchiveCheck.Named(messages), cancellationToken: Cancellation);
                acknowledged.Add($"appended {number}");
            }
            catch (ArchiveException e) when (e.Fault == ArchiveFault.Unreachable)
            {
                reported++;
            }
        }

        await done.CancelAsync();
        var ended = await killer;
        ended.ShouldBeGreaterThan(0, "no connection was ended, so nothing was tried");
        acknowledged.Count.ShouldBeGreaterThan(40, $"{reported} calls gave up");
        await using var reader = await _schema.OpenAsync();
        foreach (var line in acknowledged)
            (await ArchiveCheck.FaultOfAsync(reader, line, Cancellation)).ShouldBeNull();
        foreach (var session in await reader.ListSessionsAsync(cancellationToken: Cancellation))
            (await reader.ReadLogAsync(session.Id, cancellationToken: Cancellation)).Count(message => message.Text == "You are careful.")
                .ShouldBeLessThanOrEqualTo(5, "a call was kept twice");
        (await reader.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AppendAsync_ConnectionsEndedAtRandomMoments_AddsEachOnce()
    {
        const int calls = 150;
        await using var archive = await _schema.OpenAsync();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var killer = Task.Run(() => EndConnectionsAsync(done.Token), Cancellation);
        for (var i = 0; i < calls; i++)
        {
            // No append id: who repeats is the archive alone.
            for (var kept = false; !kept;)
            {
                try
                {
                    await archive.AppendAsync("s",
                        ArchiveCheck.Named([new(Microsoft.Extensions.AI.ChatRole.User,
                            string.Create(CultureInfo.InvariantCulture, $"w:{i}"))]), $"{i}", Cancellation);
                    kept = true;
                }
                catch (ArchiveException e) when (e.Fault == ArchiveFault.Unreachable)
                {
                    // Four tries were ended in a row: the caller's turn, with the same name.
                }
            }
        }

        await done.CancelAsync();
        (await killer).ShouldBeGreaterThan(0);
        await using var reader = await _schema.OpenAsync();
        (await ArchiveCheck.FaultOfLogAsync(reader, "s", 1, calls, Cancellation)).ShouldBeNull();
        (await reader.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Compactions_ProcessKilledAtRandomMoments_KeepWhatWasAcknowledged()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        var connection = await server.ConnectionAsync();
        var children = new KilledChildren(
            first => PostgresChild.Start(connection, _schema.Name, "compact", first.ToString(CultureInfo.InvariantCulture)),
            async () => await _schema.OpenAsync());
        await children.RunAsync(4, Cancellation);
        children.Acknowledged.ShouldNotBeEmpty();
        children.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task AppendAsync_EightProcessesOnOneSession_LosesNoneAndKeepsOrder()
    {
        const int processes = 8, calls = 200;
        await (await _schema.OpenAsync()).DisposeAsync();
        var connection = await server.ConnectionAsync();
        var children = Enumerable.Range(0, processes)
            .Select(writer => PostgresChild.Start(connection, _schema.Name, "append", $"{writer}", $"{calls}")).ToList();
        foreach (var child in children)
        {
            var output = await child.StandardOutput.ReadToEndAsync(Cancellation);
            await child.WaitForExitAsync(Cancellation);
            output.ShouldContain(ArchiveChild.Done);
            child.Dispose();
        }

        await using var reader = await _schema.OpenAsync();
        (await ArchiveCheck.FaultOfLogAsync(reader, "shared", processes, calls, Cancellation)).ShouldBeNull();
        (await reader.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    // All that work on this test's schema, again and again, each time at another point of their work.
    private async Task<int> EndConnectionsAsync(CancellationToken cancellationToken)
    {
        var random = new Random(7);
        var ended = 0;
        await using var connection = new NpgsqlConnection(await server.ConnectionAsync());
        await connection.OpenAsync(cancellationToken);
        try
        {
            while (true)
            {
                for (var rest = random.Next(60); rest > 0; rest--)
                    await ExecuteAsync(connection, "SELECT pg_sleep(0.005)", cancellationToken);
                ended += await ExecuteAsync(connection, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> "
                    + $"pg_backend_pid() AND application_name = '{_schema.Name}'", cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            return ended;
        }
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = 0;
        while (await reader.ReadAsync(cancellationToken))
            rows++;
        return rows;
    }
}
