using Npgsql;
using Strata.Storage.Postgres;

namespace Strata.Benchmarks.Archives;

/// <summary>A schema of its own on the server that STRATA_POSTGRES names, gone afterwards unless it was named.</summary>
internal sealed class PostgresBench(string? schema) : IAsyncDisposable
{
    public string Schema { get; } = schema ?? $"bench_{Guid.NewGuid():n}";

    public static string Connection => Environment.GetEnvironmentVariable("STRATA_POSTGRES") is { Length: > 0 } connection
        ? connection
        : throw new InvalidOperationException("Set STRATA_POSTGRES to the connection string of a server that may be written to.");

    public ValueTask<PostgresArchive> OpenAsync(CancellationToken cancellationToken) => OpenAsync(Schema, cancellationToken);

    public static ValueTask<PostgresArchive> OpenAsync(string schema, CancellationToken cancellationToken) =>
        PostgresArchive.OpenAsync(new PostgresArchiveOptions { ConnectionString = Connection, Schema = schema, LockWait = TimeSpan.FromMinutes(5) }, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (schema is not null)
            return;
        await using var connection = new NpgsqlConnection(Connection);
        await connection.OpenAsync();
        await using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS \"{Schema}\" CASCADE", connection) { CommandTimeout = 600 };
        await drop.ExecuteNonQueryAsync();
    }
}
