using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;

namespace Strata.Storage.Postgres;

/// <summary>
/// Claims on nodes: advisory locks of the server, so that a process that dies frees its own. All claims of an archive stand on one
/// connection, which is opened for the first and closed with the last: however many nodes are written at once, the pool keeps room for
/// those who write them.
/// </summary>
internal sealed class ClaimTable(Database database, TimeProvider time) : IAsyncDisposable
{
    private const string TryLock = "SELECT pg_try_advisory_lock($1)";
    private const string Unlock = "SELECT pg_advisory_unlock($1)";
    private const string KeepAlive = "SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', "
        + "false), set_config('tcp_keepalives_count', '3', false), set_config('idle_session_timeout', '0', false)";

    // A summary takes a model seconds: a quarter of one to notice that it is there costs less than a connection for each who waits.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(10);

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly HashSet<long> _held = [];
    private NpgsqlConnection? _connection;

    public async ValueTask<IAsyncDisposable> ClaimAsync(string key, CancellationToken cancellationToken)
    {
        var name = AdvisoryKey.Node(database.Schema, database.Tenant, key);
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await TryAsync(name, cancellationToken).ConfigureAwait(false) is { } connection)
                return new Claim(this, name, connection);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    // The server lets one session take a lock twice, so claims of this process are told apart here.
    private async Task<NpgsqlConnection?> TryAsync(long name, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        NpgsqlConnection? opened = null;
        try
        {
            if (_held.Contains(name))
                return null;
            return await database.TranslateAsync(async () =>
            {
                if (_connection is null)
                {
                    _connection = opened = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                    await AskAsync(KeepAlive, []).ConfigureAwait(false);
                }

                if (await AskAsync(TryLock, [name]).ConfigureAwait(false) is not true)
                    return null;
                _held.Add(name);
                return _connection;
            }).ConfigureAwait(false);
        }
        catch (ArchiveException e)
        {
            // Whether the server holds the lock for us is unknown: it does not once the connection is closed. Other claims on it are gone
            // too: at worst a node is paid for twice.
            var wasOpen = _connection is not null && _connection != opened;
            await CloseAsync().ConfigureAwait(false);
            if (wasOpen && e.Fault == ArchiveFault.Unreachable)
                return null;
            throw;
        }
        finally
        {
            if (_held.Count == 0)
                await CloseAsync().ConfigureAwait(false);
            _gate.Release();
        }
    }

    private async ValueTask ReleaseAsync(long name, NpgsqlConnection connection)
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            // The connection it stood on is gone, and the claim with it.
            if (connection != _connection)
                return;
            _held.Remove(name);
            if (_held.Count > 0)
                await AskAsync(Unlock, [name]).ConfigureAwait(false);
            else
                await CloseAsync().ConfigureAwait(false);
        }
        catch (NpgsqlException)
        {
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    // Never cancelled: who gives up waiting must not take the connection, and with it the claims of others, along.
    private async Task<object?> AskAsync(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, _connection);
        await using (command.ConfigureAwait(false))
        {
            foreach (var value in values)
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            return await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async ValueTask CloseAsync()
    {
        _held.Clear();
        if (_connection is not { } connection)
            return;
        _connection = null;
        try
        {
            // The pool resets a connection with its next use, if at all: the locks must go now.
            var command = new NpgsqlCommand("SELECT pg_advisory_unlock_all(); RESET ALL", connection);
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // A broken connection has no locks.
        }
        finally
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private sealed class Claim(ClaimTable table, long name, NpgsqlConnection connection) : IAsyncDisposable
    {
        private int _disposed;

        public ValueTask DisposeAsync() =>
            Interlocked.Exchange(ref _disposed, 1) == 0 ? table.ReleaseAsync(name, connection) : ValueTask.CompletedTask;
    }
}
