using System.Net.Sockets;
using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;

namespace Strata.Storage.Postgres;

/// <summary>
/// The server as one tenant sees it: every transaction begins with the tenant's name, which row level security compares with, and with the
/// schema. A lost connection is tried again where it is known that nothing was kept, or that it was.
/// </summary>
internal sealed class Database(NpgsqlDataSource source, PostgresArchiveOptions options, ServerErrors errors)
{
    private const string ReadPrelude = "SELECT set_config('search_path', $1, true), set_config('strata.tenant', $2, true)";

    // A machine that vanishes must not hold its locks for the two hours that TCP allows. What was acknowledged must be on disk, whatever
    // the role's default.
    private const string WritePrelude = """
        SELECT set_config('search_path', $1, true), set_config('strata.tenant', $2, true), set_config('lock_timeout', $3, true),
               set_config('idle_in_transaction_session_timeout', '60s', true), set_config('tcp_keepalives_idle', '10', true),
               set_config('tcp_keepalives_interval', '5', true), set_config('tcp_keepalives_count', '3', true),
               set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on'
                   ELSE current_setting('synchronous_commit') END, true)
        """;

    private const string LockShared = "SELECT pg_advisory_xact_lock_shared($1)";
    private const string LockAlone = "SELECT pg_advisory_xact_lock($1)";
    private const string Began = "SELECT pg_current_xact_id()::text, pg_xact_status($1::xid8)";

    // Four tries in about three seconds: a server that restarts after a crash is often back by then, and who waits for an answer has not
    // given up.
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(2500)];

    private readonly string _searchPath = Quote(options.Schema);
    private readonly int _timeoutSeconds = (int)options.LockWait.TotalSeconds + 60;

    public string Schema => options.Schema;

    /// <summary>The tenant as it stands in rows.</summary>
    public string Tenant { get; } = PgText.Escape(options.Tenant);

    public ServerErrors Errors => errors;

    public NpgsqlDataSource Source => source;

    public static string Quote(string identifier) => $"\"{identifier.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Runs a query; nothing it does may change a row.</summary>
    public Task<T> ReadAsync<T>(Statement query, RowReader<T> read, CancellationToken cancellationToken) =>
        ReadAsync([query], read, cancellationToken);

    /// <summary>Runs queries in one round trip; the reader steps from result to result.</summary>
    public Task<T> ReadAsync<T>(IReadOnlyList<Statement> queries, RowReader<T> read, CancellationToken cancellationToken) =>
        RetryAsync(
            () => OnceAsync([new Statement(ReadPrelude, _searchPath, Tenant), .. queries], read, cancellationToken), cancellationToken);

    /// <summary>
    /// Runs statements that may be repeated, in one round trip and one transaction. The last one, and no other, returns rows.
    /// </summary>
    public Task<T> UpsertAsync<T>(IReadOnlyList<Statement> statements, RowReader<T> read, CancellationToken cancellationToken) =>
        RetryAsync(() => OnceAsync([Prelude(), .. statements], read, cancellationToken), cancellationToken);

    /// <summary>
    /// Runs work in a transaction that keeps other writers out as <paramref name="scope"/> says. The work may run again from the start.
    /// </summary>
    public async Task<T> WriteAsync<T>(
        WriteScope scope, Func<Transaction, CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        // A transaction whose COMMIT got no answer: the next one, which waits for its locks, asks how it ended.
        string? unanswered = null;
        T result = default!;
        return await RetryAsync(
            async () =>
            {
                var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    var server = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                    await using (server.ConfigureAwait(false))
                    {
                        var transaction = new Transaction(connection, _timeoutSeconds);
                        var (id, earlier) = await BeginAsync(transaction, scope, unanswered, cancellationToken).ConfigureAwait(false);
                        if (earlier == "committed")
                            return result;
                        unanswered = null;
                        result = await work(transaction, cancellationToken).ConfigureAwait(false);
                        unanswered = id;
                        await server.CommitAsync(cancellationToken).ConfigureAwait(false);
                        return result;
                    }
                }
            },
            cancellationToken,
            () => unanswered is not null).ConfigureAwait(false);
    }

    /// <summary>
    /// Runs statements in one round trip and one transaction that keeps other writers out as <paramref name="scope"/> says. Not tried
    /// again.
    /// </summary>
    /// <param name="scope">What is locked.</param>
    /// <param name="statements">What is run.</param>
    /// <param name="read">Reads the rows of the statements.</param>
    /// <param name="sending">Is called when there is a connection: from then on, what fails may have been kept.</param>
    /// <param name="cancellationToken">Stops the server's work.</param>
    public async Task<T> WriteOnceAsync<T>(
        WriteScope scope, IReadOnlyList<Statement> statements, RowReader<T> read, Action? sending, CancellationToken cancellationToken)
    {
        var opening = Opening(scope);
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            sending?.Invoke();
            return await NameHolderAsync(
                scope, () => new Transaction(connection, _timeoutSeconds)
                    .QueryAsync([.. opening, .. statements], opening.Count, read, cancellationToken)).ConfigureAwait(false);
        }
    }

    /// <summary>Failures of the server as those of an archive.</summary>
    public async Task<T> TranslateAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (IsServers(e))
        {
            throw errors.Describe(e);
        }
    }

    private async Task<(string Id, string? Earlier)> BeginAsync(
        Transaction transaction, WriteScope scope, string? unanswered, CancellationToken cancellationToken)
    {
        List<Statement> statements = [.. Opening(scope), new(Began, unanswered)];
        return await NameHolderAsync(scope, () => transaction.QueryAsync(
            statements,
            statements.Count - 1,
            static async (reader, cancellationToken) =>
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return (reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1));
            },
            cancellationToken)).ConfigureAwait(false);
    }

    private List<Statement> Opening(WriteScope scope)
    {
        List<Statement> statements = [Prelude(), new(scope.Alone ? LockAlone : LockShared, AdvisoryKey.Tenant(Schema, Tenant))];
        if (scope.Session is { } session)
            statements.Add(new(LockAlone, AdvisoryKey.Session(Schema, Tenant, session)));
        return statements;
    }

    private async Task<T> NameHolderAsync<T>(WriteScope scope, Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new ArchiveException(Held(scope), ArchiveFault.Busy, e);
        }
    }

    private string Held(WriteScope scope) => scope.Session is { } session
        ? $"Another writer held the session '{session}' on {errors.Server} for longer than {options.LockWait.TotalSeconds:0.###} s. "
            + "Nothing was kept: try again, or raise LockWait."
        : $"Others wrote to the archive on {errors.Server} for longer than {options.LockWait.TotalSeconds:0.###} s. Nothing was changed: "
            + "try again when it is quieter, or raise LockWait.";

    private Statement Prelude() => new(WritePrelude, _searchPath, Tenant, $"{Math.Max(1, (long)options.LockWait.TotalMilliseconds)}ms");

    private async Task<T> OnceAsync<T>(IReadOnlyList<Statement> statements, RowReader<T> read, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await new Transaction(connection, _timeoutSeconds).QueryAsync(statements, skip: 1, read, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Tries again what failed because a connection was lost or writers met.</summary>
    /// <param name="work">Is run from the start each time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <param name="isUnanswered">Whether the last try may have been kept.</param>
    public async Task<T> RetryAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken, Func<bool>? isUnanswered = null)
    {
        for (var failures = 0; ; failures++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await work().ConfigureAwait(false);
            }
            catch (Exception e) when (failures < Pauses.Length && ServerErrors.IsPassing(e))
            {
                // The other connections of the pool are as dead as this one when the server went down.
                if (!ServerErrors.IsConflict(e))
                    source.Clear();
                await Task.Delay(Pauses[failures], options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidDataException e)
            {
                throw new ArchiveException($"A row in the schema \"{Schema}\" on {errors.Server} is damaged: {e.Message} Restore it from a "
                    + "backup of the server; doctor lists all that is damaged.", ArchiveFault.NotAnArchive, e);
            }
            catch (Exception e) when (IsServers(e))
            {
                throw isUnanswered?.Invoke() == true && ServerErrors.IsPassing(e) && !ServerErrors.IsConflict(e)
                    ? new ArchiveException(
                        $"The connection to {errors.Server} was lost while the server was to keep the call, and it does not come back to "
                            + "be asked. Make the same call again: with the same receipt or appendId it is kept once.",
                        ArchiveFault.Unreachable,
                        e)
                    : errors.Describe(e);
            }
        }
    }

    private static bool IsServers(Exception error) => error is NpgsqlException or IOException or SocketException or TimeoutException;
}
