using System.Globalization;
using Npgsql;

namespace Strata.Storage.Postgres.Connections;

/// <summary>Finds the server that options name.</summary>
internal static class PostgresServer
{
    /// <summary>The pool, and the server's address for people.</summary>
    public static (NpgsqlDataSource Source, string Address) Connect(PostgresArchiveOptions options)
    {
        Check(options);
        if (options.DataSource is { } given)
            return (given, Address(new NpgsqlConnectionStringBuilder(given.ConnectionString)));
        var parsed = ConnectionStrings.Parse(options.ConnectionString!);
        // The statements are few and always the same; planning them anew costs more than running them. A pooler that keeps no session per
        // client must set 0.
        if (!parsed.ShouldSerialize("Max Auto Prepare"))
            parsed.MaxAutoPrepare = 60;
        // What a transaction sets ends with it, and claims let go of what they hold: there is nothing to reset.
        if (!parsed.ShouldSerialize("No Reset On Close"))
            parsed.NoResetOnClose = true;
        return (NpgsqlDataSource.Create(parsed), Address(parsed));
    }

    private static void Check(PostgresArchiveOptions options)
    {
        if (options.ConnectionString is null == options.DataSource is null)
            throw new ArgumentException("Give either ConnectionString or DataSource.", nameof(options));
        Demand(options.Tenant is { Length: >= 1 and <= 200 }, "Tenant has 1–200 chars.");
        Demand(options.Schema is { Length: >= 1 and <= 63 } && !options.Schema.Contains('\0', StringComparison.Ordinal)
            && !options.Schema.StartsWith("pg_", StringComparison.Ordinal), "Schema has 1–63 chars and does not begin with pg_.");
        Demand(options.LockWait >= TimeSpan.FromMilliseconds(1) && options.LockWait <= TimeSpan.FromDays(1),
            "LockWait is between 1 ms and a day.");
        Demand(options.Partitions is >= 1 and <= 256, "Partitions is between 1 and 256.");

        static void Demand(bool holds, string message)
        {
            if (!holds)
                throw new ArgumentException(message, nameof(options));
        }
    }

    private static string Address(NpgsqlConnectionStringBuilder server) =>
        string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}/{server.Database ?? server.Username}");
}
