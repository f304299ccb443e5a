using Npgsql;

namespace Strata.Storage.Postgres.Connections;

/// <summary>Reads the rows of a result.</summary>
internal delegate Task<T> RowReader<T>(NpgsqlDataReader reader, CancellationToken cancellationToken);

/// <summary>Runs statements in one transaction of the server.</summary>
internal sealed class Transaction(NpgsqlConnection connection, int timeoutSeconds)
{
    /// <summary>Runs all in one round trip and hands over the rows of the first statement after those to skip that returns any.</summary>
    /// <param name="statements">What is run.</param>
    /// <param name="skip">How many of the statements before return rows that nobody wants.</param>
    /// <param name="read">Reads the rows.</param>
    /// <param name="cancellationToken">Stops the server's work.</param>
    public async Task<T> QueryAsync<T>(
        IReadOnlyList<Statement> statements, int skip, RowReader<T> read, CancellationToken cancellationToken)
    {
        var batch = Batch(statements);
        await using (batch.ConfigureAwait(false))
        {
            var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                for (var skipped = 0; skipped < skip; skipped++)
                    await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                var result = await read(reader, cancellationToken).ConfigureAwait(false);
                while (await reader.NextResultAsync(cancellationToken).ConfigureAwait(false))
                {
                }

                return result;
            }
        }
    }

    public Task<T> QueryAsync<T>(Statement statement, RowReader<T> read, CancellationToken cancellationToken) =>
        QueryAsync([statement], skip: 0, read, cancellationToken);

    /// <summary>Runs all in one round trip.</summary>
    /// <returns>The number of rows changed by all of them together.</returns>
    public async Task<int> ExecuteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken)
    {
        if (statements.Count == 0)
            return 0;
        var batch = Batch(statements);
        await using (batch.ConfigureAwait(false))
        {
            return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private NpgsqlBatch Batch(IReadOnlyList<Statement> statements)
    {
        var batch = new NpgsqlBatch(connection) { Timeout = timeoutSeconds };
        foreach (var statement in statements)
            batch.BatchCommands.Add(statement.ToCommand());
        return batch;
    }
}
