namespace Strata.Storage.Postgres.Schema;

/// <summary>
/// The tables. What belongs to a session is spread by (tenant, session), the rest by tenant; both stand in every key, so that a distributed
/// engine can spread them too.
/// </summary>
internal static class SchemaV1
{
    public const string Sequences = """
        CREATE TABLE version (number int NOT NULL);
        CREATE SEQUENCE number;
        """;

    // Times are .NET ticks in UTC: a timestamp of PostgreSQL would round them.
    public static IReadOnlyList<Table> Tables { get; } =
    [
        new("session", "tenant, session", """
            tenant text NOT NULL, session text NOT NULL, name text, agent text, created_at bigint NOT NULL, updated_at bigint NOT NULL,
            changed bigint NOT NULL, log_count bigint NOT NULL, ledger bytea, PRIMARY KEY (tenant, session)
            """, ["(tenant, changed)"]),
        new("log", "tenant, session", """
            tenant text NOT NULL, session text NOT NULL, first bigint NOT NULL, count int NOT NULL, prints bytea NOT NULL,
            call bytea NOT NULL, PRIMARY KEY (tenant, session, first)
            """),
        new("append", "tenant, session", """
            tenant text NOT NULL, session text NOT NULL, id text NOT NULL, first bigint NOT NULL, PRIMARY KEY (tenant, session, id)
            """),
        new("block", "tenant", """
            tenant text NOT NULL, block bigint NOT NULL, session text NOT NULL, at bigint NOT NULL, length int NOT NULL,
            items bytea NOT NULL,
            bytes bytea NOT NULL, PRIMARY KEY (tenant, block)
            """, ["(tenant, session)"], Plain: "bytes"),
        new("original", "tenant", """
            tenant text NOT NULL, print bytea NOT NULL, block bigint NOT NULL, slot int NOT NULL, secrets int NOT NULL,
            PRIMARY KEY (tenant, print)
            """),
        new("share", "tenant", """
            tenant text NOT NULL, block bigint NOT NULL, session text NOT NULL, slots int[] NOT NULL, PRIMARY KEY (tenant, block, session)
            """, ["(tenant, session)"]),
        new("pending", "tenant", """
            tenant text NOT NULL, block bigint NOT NULL, PRIMARY KEY (tenant, block)
            """),
        new("term", "tenant", """
            tenant text NOT NULL, part int NOT NULL, first bigint NOT NULL, codes bytea NOT NULL, PRIMARY KEY (tenant, part, first)
            """, Plain: "codes"),
        new("receipt", "tenant", """
            tenant text NOT NULL, receipt text NOT NULL, number bigint NOT NULL, session text NOT NULL, source bytea NOT NULL,
            result bytea NOT NULL,
            history bytea NOT NULL, history_count int NOT NULL, freed bigint NOT NULL, before bytea NOT NULL, body bytea NOT NULL,
            format text,
            secrets int NOT NULL, undone_at bigint, PRIMARY KEY (tenant, receipt)
            """, ["(tenant, session, number)", "(tenant, number)", "(tenant, source)", "(tenant, result)", "(tenant, history)"],
            Plain: "before"),
        new("place", "tenant", """
            tenant text NOT NULL, handle bigint NOT NULL, receipt text NOT NULL, content int NOT NULL, positions int[] NOT NULL,
            PRIMARY KEY (tenant, handle, receipt, content)
            """, ["(tenant, receipt)"]),
        new("document", "tenant", """
            tenant text NOT NULL, receipt text NOT NULL, format text NOT NULL, name text, pieces bytea NOT NULL,
            PRIMARY KEY (tenant, receipt)
            """),
        new("piece", "tenant", """
            tenant text NOT NULL, print bytea NOT NULL, length int NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (tenant, print)
            """, Plain: "bytes"),
        new("node", "tenant", """
            tenant text NOT NULL, node text NOT NULL, body bytea NOT NULL, PRIMARY KEY (tenant, node)
            """),
        new("calibration", "tenant", """
            tenant text NOT NULL, model text NOT NULL, ratio double precision NOT NULL, error_band double precision NOT NULL,
            samples int NOT NULL,
            at bigint NOT NULL, PRIMARY KEY (tenant, model)
            """),
    ];

    /// <param name="Name">Its name.</param>
    /// <param name="Spread">By what its rows are spread over partitions.</param>
    /// <param name="Columns">Columns and primary key.</param>
    /// <param name="Indexes">What comes after <c>ON table</c>.</param>
    /// <param name="Plain">A column of compressed or random bytes, which the server need not try to compress.</param>
    internal sealed record Table(string Name, string Spread, string Columns, string[]? Indexes = null, string? Plain = null);
}
