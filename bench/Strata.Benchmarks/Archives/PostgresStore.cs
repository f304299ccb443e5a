using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres;

namespace Strata.Benchmarks.Archives;

/// <summary>A schema on a server: the one that was named, or one of its own, gone afterwards.</summary>
internal sealed class PostgresStore(string connection, string? schema) : IArchiveStore
{
    public const string Kind = "postgres";

    /// <summary>Holds the connection string. Not an option: everybody sees those, and it holds a password.</summary>
    public const string Variable = "STRATA_POSTGRES";

    private readonly string _schema = schema ?? $"bench_{Guid.NewGuid():n}";

    public static string? Connection => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connection ? connection : null;

    public IReadOnlyList<string> ChildArguments => Stores.ChildArguments(Kind, _schema);

    public async ValueTask<IArchive> OpenAsync(CancellationToken cancellationToken, bool isFilling = false) =>
        await PostgresArchive.OpenAsync(
        new PostgresArchiveOptions { ConnectionString = connection, Schema = _schema, LockWait = TimeSpan.FromMinutes(5) },
        cancellationToken);

    // A search indexes what waits; the rest autovacuum does, which counts rows for the planner.
    public async ValueTask FinishIndexAsync(IArchive archive, CancellationToken cancellationToken)
    {
        await archive.SearchAsync(new SearchQuery { Words = "index" }, cancellationToken);
        await using var source = NpgsqlDataSource.Create(connection);
        var tables = new List<string>();
        await using (var list = source.CreateCommand($"SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = '{_schema}'"))
        await using (var reader = await list.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
                tables.Add(reader.GetString(0));
        }

        foreach (var table in tables)
            await RunAsync(source, $"VACUUM (ANALYZE) \"{_schema}\".\"{table}\"", cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (schema is not null)
            return;
        await using var source = NpgsqlDataSource.Create(connection);
        await RunAsync(source, $"DROP SCHEMA IF EXISTS \"{_schema}\" CASCADE", CancellationToken.None);
    }

    private static async Task RunAsync(NpgsqlDataSource source, string sql, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
