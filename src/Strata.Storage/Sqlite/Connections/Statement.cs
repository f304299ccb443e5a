using System.Text;
using static SQLitePCL.raw;

namespace Strata.Storage.Sqlite.Connections;

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed class Statement(Connection connection, SQLitePCL.sqlite3_stmt prepared, bool isKept) : IDisposable
{
    private bool _isUsed = true;

    public bool TryUse()
    {
        if (_isUsed)
            return false;
        return _isUsed = true;
    }

    public Statement Bind(int parameter, long value)
    {
        connection.Check(sqlite3_bind_int64(prepared, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, double value)
    {
        connection.Check(sqlite3_bind_double(prepared, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, long? value)
    {
        connection.Check(value is { } number ? sqlite3_bind_int64(prepared, parameter, number) : sqlite3_bind_null(prepared, parameter));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        // As bytes: a text may hold a NUL, at which SQLite's own conversions end.
        connection.Check(value is null ? sqlite3_bind_null(prepared, parameter)
            : sqlite3_bind_text(prepared, parameter, Encoding.UTF8.GetBytes(value)));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        connection.Check(value.IsEmpty ? sqlite3_bind_zeroblob(prepared, parameter, 0) : sqlite3_bind_blob(prepared, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, Transcripts.Fingerprint value)
    {
        Span<byte> bytes = stackalloc byte[Transcripts.Fingerprint.Size];
        value.Write(bytes);
        return Bind(parameter, bytes);
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Step()
    {
        var result = sqlite3_step(prepared);
        connection.Check(result);
        return result == SQLITE_ROW;
    }

    /// <summary>Runs the statement, and makes it ready to be run with other values.</summary>
    public void Run()
    {
        while (Step())
        {
        }

        Reset();
    }

    /// <summary>Makes the statement ready for other values.</summary>
    public void Reset() => _ = sqlite3_reset(prepared);

    public long Int64(int column) => sqlite3_column_int64(prepared, column);

    public int Int32(int column) => sqlite3_column_int(prepared, column);

    public double Double(int column) => sqlite3_column_double(prepared, column);

    public bool IsNull(int column) => sqlite3_column_type(prepared, column) == SQLITE_NULL;

    public string Text(int column) => Encoding.UTF8.GetString(sqlite3_column_blob(prepared, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>SQLite's own memory, until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => sqlite3_column_blob(prepared, column);

    /// <exception cref="InvalidDataException">The column holds none.</exception>
    public Transcripts.Fingerprint Fingerprint(int column) => Bytes(column) is { Length: Transcripts.Fingerprint.Size } bytes
        ? Transcripts.Fingerprint.Read(bytes)
        : throw new InvalidDataException("A fingerprint is damaged.");

    public void Dispose()
    {
        Reset();
        if (!isKept)
        {
            prepared.Dispose();
            return;
        }

        _ = sqlite3_clear_bindings(prepared);
        _isUsed = false;
    }

    public void Finish() => prepared.Dispose();
}
