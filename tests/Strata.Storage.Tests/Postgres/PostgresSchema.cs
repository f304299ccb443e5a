using Npgsql;
using Strata.Storage.Postgres;

namespace Strata.Storage.Tests.Postgres;

/// <summary>A schema of its own for one test, dropped at its end.</summary>
internal sealed class PostgresSchema(PostgresServerFixture server) : IAsyncDisposable
{
    public string Name { get; } = $"test {Guid.NewGuid():n}";

    public async Task<PostgresArchiveOptions> OptionsAsync(string tenant = "a") =>
        new() { ConnectionString = new NpgsqlConnectionStringBuilder(await server.ConnectionAsync())
        {
            ApplicationName = Name
        }.ConnectionString, Schema = Name, Tenant = tenant, Partitions = 2 };

    public async Task<PostgresArchive> OpenAsync(string tenant = "a") =>
        await PostgresArchive.OpenAsync(await OptionsAsync(tenant), TestContext.Current.CancellationToken);

    /// <summary>Runs SQL as the archive's role, with the schema on the search path and no tenant; the first column of the rows.</summary>
    public async Task<List<object?>> RunAsync(string sql, string? tenant = null)
    {
        await using var connection = new NpgsqlConnection(await server.ConnectionAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var prelude =
            new NpgsqlCommand("SELECT set_config('search_path', $1, true), set_config('strata.tenant', $2, true)", connection))
        {
            prelude.Parameters.Add(new() { Value = $"\"{Name}\"" });
            prelude.Parameters.Add(new() { Value = tenant ?? "" });
            await prelude.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var values = new List<object?>();
        await using (var command = new NpgsqlCommand(sql, connection))
        {
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
                values.Add(reader.IsDBNull(0) ? null : reader.GetValue(0));
        }

        await transaction.CommitAsync(TestContext.Current.CancellationToken);
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(await server.ConnectionAsync());
            await connection.OpenAsync();
            await using var drop = new NpgsqlCommand($"DROP SCHEMA IF EXISTS \"{Name}\" CASCADE", connection);
            await drop.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e.GetType().Name == "SkipException")
        {
            // There is no server, and nothing to drop.
        }
    }
}
