using Microsoft.Data.Sqlite;

namespace Strata.Cli.Files;

/// <summary>A SQLite database of another program.</summary>
internal static class ClientDatabase
{
    // Seconds; the program may be writing.
    private const int Patience = 5;

    // How every SQLite database begins.
    private static ReadOnlySpan<byte> Signature => "SQLite format 3\0"u8;

    /// <summary>Whether a file is a SQLite database.</summary>
    /// <exception cref="CliException">It cannot be read.</exception>
    public static bool Is(string path)
    {
        // A named pipe would wait for somebody to write, and what it gives is gone then.
        if (!File.Exists(path) || new FileInfo(path).Length < Signature.Length || OutputFile.IsDevice(path))
            return false;
        using var file = InputFile.Open(path);
        Span<byte> start = stackalloc byte[Signature.Length];
        return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual(Signature);
    }

    /// <summary>Opens one that is there.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = Patience,
        }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>A command with its parameters, named by their places: $0, $1 and so on.</summary>
    public static SqliteCommand Command(this SqliteConnection connection, string text, params object[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters.AddWithValue(FormattableString.Invariant($"${i}"), parameters[i]);
        return command;
    }

    /// <summary>Whether a table has a column.</summary>
    public static bool Has(this SqliteConnection connection, string table, string column)
    {
        using var command = connection.Command("SELECT count(*) FROM pragma_table_info($0) WHERE name = $1", table, column);
        return (long)command.ExecuteScalar()! > 0;
    }
}
