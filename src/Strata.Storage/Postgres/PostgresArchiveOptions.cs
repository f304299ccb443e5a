using Npgsql;

namespace Strata.Storage.Postgres;

/// <summary>
/// Which server, which tenant, and how long to wait. Either <see cref="ConnectionString"/> or <see cref="DataSource"/> is given.
/// </summary>
public sealed record PostgresArchiveOptions
{
    /// <value>As Npgsql reads it: <c>Host=…;Port=…;Username=…;Password=…;Database=…</c>. The archive opens and closes its own pool.</value>
    public string? ConnectionString { get; init; }

    /// <value>A pool that the caller owns and closes. It must hold at least three connections for each archive on it.</value>
    public NpgsqlDataSource? DataSource { get; init; }

    /// <value>Whose archive it is: any text of 1–200 chars. Nothing of another tenant is seen.</value>
    public string Tenant { get; init; } = "default";

    /// <value>Replaces secrets by placeholders before anything is sent to the server.</value>
    public bool RedactSecrets { get; init; } = true;

    /// <value>How long a call waits for a session that another writer holds. At least 1 ms.</value>
    public TimeSpan LockWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>The schema that holds the tables; created when the role may and it is not there.</value>
    public string Schema { get; init; } = "strata";

    /// <value>Hash partitions of each table, 1–256; counts only when the schema is created.</value>
    public int Partitions { get; init; } = 8;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
