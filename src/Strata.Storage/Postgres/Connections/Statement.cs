using Npgsql;

namespace Strata.Storage.Postgres.Connections;

/// <summary>SQL with what stands for $1, $2, ….</summary>
internal readonly record struct Statement(string Sql, params object?[] Values)
{
    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(Sql);
        foreach (var value in Values)
            command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
        return command;
    }
}
