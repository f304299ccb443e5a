using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;

namespace Strata.Storage.Postgres.Schema;

/// <summary>Sees to it that the schema is there and of this version, before anything is read.</summary>
internal sealed class SchemaSetup(Database database, PostgresArchiveOptions options)
{
    // The oldest release that its makers maintain; settings that are relied on came with it.
    private const int OldestMajor = 14;

    // Asked of the catalogue, which anyone may read: a role without rights on the schema learns that it lacks them, not that there is no
    // archive.
    private const string FindSchema = """
        SELECT to_regnamespace($1) IS NOT NULL,
               EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $2
                   AND c.relname = 'version')
        """;

    public static void CheckServer(Version version, string server)
    {
        if (version.Major < OldestMajor)
            throw new ArchiveException(
                $"The PostgreSQL server {server} is version {version}; the archive needs {OldestMajor} or newer.", ArchiveFault.Failed);
    }

    public Task<bool> EnsureAsync(CancellationToken cancellationToken) => database.TranslateAsync(async () =>
    {
        var connection = await database.Source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            CheckServer(connection.PostgreSqlVersion, database.Errors.Server);
            if (await FindAsync(connection, cancellationToken).ConfigureAwait(false) is (_, false))
                await CreateAsync(connection, cancellationToken).ConfigureAwait(false);
            await CheckVersionAsync(connection, cancellationToken).ConfigureAwait(false);
            return true;
        }
    });

    private async Task CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            // Replicas that start together: the first one creates, the others wait and find it done.
            await RunAsync(connection, $"SELECT pg_advisory_xact_lock({AdvisoryKey.Schema(options.Schema)})", cancellationToken)
                .ConfigureAwait(false);
            var (hasSchema, hasTables) = await FindAsync(connection, cancellationToken).ConfigureAwait(false);
            if (!hasTables)
            {
                var schema = Database.Quote(options.Schema);
                await RunAsync(connection, $"{(hasSchema ? "" : $"CREATE SCHEMA {schema};")} SET LOCAL search_path TO {schema}",
                    cancellationToken).ConfigureAwait(false);
                await RunAsync(connection, SchemaScript.Create(options.Partitions), cancellationToken).ConfigureAwait(false);
            }

            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(bool HasSchema, bool HasTables)> FindAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(
            FindSchema, connection) { Parameters = { new() { Value = Database.Quote(options.Schema) }, new() { Value = options.Schema } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return (reader.GetBoolean(0), reader.GetBoolean(1));
            }
        }
    }

    private async Task CheckVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand($"SELECT max(number) FROM {Database.Quote(options.Schema)}.version", connection);
        await using (command.ConfigureAwait(false))
        {
            var found = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            switch (found)
            {
                case SchemaScript.Version:
                    return;
                case > SchemaScript.Version:
                    throw new ArchiveException($"The schema \"{options.Schema}\" on {database.Errors.Server} was made by a newer version "
                        + $"(layout {found}; this one knows {SchemaScript.Version}). Update this program.", ArchiveFault.NewerVersion);
                default:
                    throw new ArchiveException($"The schema \"{options.Schema}\" on {database.Errors.Server} holds a table 'version' that "
                        + "is no archive's. Name another schema.", ArchiveFault.NotAnArchive);
            }
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
