using System.Globalization;
using System.Text;

namespace Strata.Storage.Postgres.Schema;

/// <summary>Writes the statements that create a schema.</summary>
internal static class SchemaScript
{
    public const int Version = 1;

    /// <summary>Everything, for a schema that is there and on the search path.</summary>
    public static string Create(int partitions)
    {
        var script = new StringBuilder(SchemaV1.Sequences).Append('\n');
        foreach (var table in SchemaV1.Tables)
        {
            Line(script, $"CREATE TABLE \"{table.Name}\" ({table.Columns}) PARTITION BY HASH ({table.Spread})");
            foreach (var index in table.Indexes ?? [])
                Line(script, $"CREATE INDEX ON \"{table.Name}\" {index}");
            Fence(script, table.Name);
            for (var part = 0; part < partitions; part++)
            {
                var name = $"{table.Name}_{part}";
                Line(script,
                    $"CREATE TABLE \"{name}\" PARTITION OF \"{table.Name}\" FOR VALUES WITH (MODULUS {partitions}, REMAINDER {part})");
                if (table.Plain is { } plain)
                    Line(script, $"ALTER TABLE \"{name}\" ALTER COLUMN {plain} SET STORAGE EXTERNAL");
                Fence(script, name);
            }
        }

        Line(script, $"INSERT INTO version VALUES ({Version})");
        return script.ToString();
    }

    // A partition that is asked directly knows nothing of its parent's policy. Forced: the role that made the tables uses them too.
    private static void Fence(StringBuilder script, string name)
    {
        Line(script, $"ALTER TABLE \"{name}\" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY");
        Line(script, $"CREATE POLICY tenant ON \"{name}\" USING (tenant = current_setting('strata.tenant', true))");
    }

    private static void Line(StringBuilder script, FormattableString statement) =>
        script.Append(statement.ToString(CultureInfo.InvariantCulture)).Append(";\n");
}
