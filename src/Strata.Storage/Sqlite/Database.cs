using System.Diagnostics;
using Strata.Archives;
using Strata.Storage.Sqlite.Connections;

namespace Strata.Storage.Sqlite;

/// <summary>An archive's file: one connection that writes, a few that read. Many processes may have the same file open.</summary>
internal sealed class Database : IAsyncDisposable
{
    // A reader is busy for a millisecond; more of them than processors only take memory.
    private const int MostReaders = 4;

    // Shorter than a commit takes to reach the disk, and below what timers can tell apart.
    private const int ShortestWait = 1;
    private const int LongestWait = 8;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _reading = new(MostReaders, MostReaders);
    private readonly Stack<Connection> _readers = new();
    private readonly Lock _lock = new();
    private readonly Connection _writer;
    private readonly OpenMode _mode;
    private readonly TimeSpan _busyTimeout;

    public Database(Connection writer, OpenMode mode, TimeSpan busyTimeout) => (_writer, _mode, _busyTimeout) = (writer, mode, busyTimeout);

    public string Path => _writer.Path;

    public bool IsReadOnly => _mode != OpenMode.ReadWrite;

    /// <summary>Runs <paramref name="work"/> in one write transaction: all of it is kept, or nothing.</summary>
    /// <exception cref="ArchiveException">The file cannot be written, or others wrote for too long.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        if (IsReadOnly)
            throw SqliteFault.ReadOnly(Path);
        var began = Stopwatch.GetTimestamp();
        if (!await _writing.WaitAsync(_busyTimeout, cancellationToken).ConfigureAwait(false))
            throw SqliteFault.Busy(Path);
        try
        {
            await BeginAsync(began, cancellationToken).ConfigureAwait(false);
            return Commit(work);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> on a snapshot of the file, on a connection of its own. A full-text table that checks itself compares
    /// the file with what its connection remembers of it, and a connection that has searched remembers the file as it was before others
    /// wrote.
    /// </summary>
    public async ValueTask<T> ReadAnewAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            using var reader = OpenReader();
            return Snapshot(reader, work);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Runs <paramref name="work"/> on a snapshot of the file.</summary>
    public async ValueTask<T> ReadAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var reader = Rent();
            try
            {
                var result = Snapshot(reader, work);
                lock (_lock)
                    _readers.Push(reader);
                return result;
            }
            catch
            {
                reader.Dispose();
                throw;
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>Runs <paramref name="work"/> on the connection that writes, in no transaction.</summary>
    public async ValueTask<T> ServeAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return work(_writer);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        for (var i = 0; i < MostReaders; i++)
            await _reading.WaitAsync().ConfigureAwait(false);
        while (_readers.TryPop(out var reader))
            reader.Dispose();

        // The last to close writes the log back into the file and removes it.
        _writer.Dispose();
        _writing.Dispose();
        _reading.Dispose();
    }

    // SQLite's own waiting would hold the thread. Real time: what is waited for is another process.
    private async ValueTask BeginAsync(long began, CancellationToken cancellationToken)
    {
        for (var wait = ShortestWait; !_writer.TryBeginWriting(); wait = Math.Min(wait * 2, LongestWait))
        {
            if (Stopwatch.GetElapsedTime(began) > _busyTimeout)
                throw SqliteFault.Busy(Path);
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(ShortestWait, wait + 1)), TimeProvider.System, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private T Commit<T>(Func<Connection, T> work)
    {
        try
        {
            var result = work(_writer);
            _writer.Execute("COMMIT");
            return result;
        }
        catch (InvalidDataException e)
        {
            _writer.Rollback();
            throw SqliteFault.Damaged(Path, e.Message, e);
        }
        catch
        {
            _writer.Rollback();
            throw;
        }
    }

    private T Snapshot<T>(Connection reader, Func<Connection, T> work)
    {
        try
        {
            reader.Execute("BEGIN");
            var result = work(reader);
            // There is nothing to commit, and SQLite refuses to where it found a damaged full-text table.
            reader.Rollback();
            return result;
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            throw SqliteFault.Damaged(Path, e.Message, e);
        }
    }

    private Connection Rent()
    {
        lock (_lock)
        {
            if (_readers.TryPop(out var known))
                return known;
        }

        return OpenReader();
    }

    private Connection OpenReader()
    {
        var reader = Connection.Open(Path, _mode == OpenMode.ReadWrite ? OpenMode.ReadOnly : _mode);
        DatabaseFile.SetUp(reader);
        return reader;
    }
}
