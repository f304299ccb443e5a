namespace Strata.Cli.Files;

/// <summary>Writes a file whole or not at all: beside its place under another name, flushed to the disk, then moved there.</summary>
internal sealed class OutputFile
{
    private readonly string _path;
    private readonly Func<string, Stream> _create;
    private readonly bool _replace;

    /// <param name="path">Where it will stand; an existing file is replaced.</param>
    /// <param name="like">A file whose permissions a new one takes over: a session may hold secrets. Null: the usual ones.</param>
    /// <param name="create">Creates the file that is written to; tests put a disk that is full in its place.</param>
    /// <param name="replace">Whether a file that stands there may be replaced; false: not even one that came there meanwhile.</param>
    public OutputFile(string path, string? like = null, Func<string, Stream>? create = null, bool replace = true)
    {
        _replace = replace;
        _path = IsDevice(path) ? path : SameFile.Resolve(path);
        _create = create ?? (file => Create(file, Permissions(_path) ?? Permissions(like)));
    }

    /// <summary>Bytes that were written; null before that, and for a pipe.</summary>
    public long? Length { get; private set; }

    /// <summary>Finds out, before anything else is done, whether a file can be made there.</summary>
    /// <exception cref="CliException">It cannot; the message names the place and the way out.</exception>
    public void CheckPlace()
    {
        if (IsDevice(_path))
            return;
        var probe = TemporaryName();
        try
        {
            _create(probe).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
        finally
        {
            Remove(probe);
        }
    }

    public Task WriteAsync(Func<Stream, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(write, () => Task.CompletedTask, cancellationToken);

    /// <summary>
    /// Writes, and calls <paramref name="commit"/> when nothing can come between it and the file any more: all is on the disk and the name
    /// is taken.
    /// </summary>
    public async Task WriteAsync(Func<Stream, Task> write, Func<Task> commit, CancellationToken cancellationToken)
    {
        if (Directory.Exists(_path))
            throw new CliException($"{_path} is a directory. Name a file in it with -o.") { ForTools = $"{_path} is a directory." };
        if (IsDevice(_path))
        {
            await commit().ConfigureAwait(false);
            await WriteAsync(_path, write, cancellationToken).ConfigureAwait(false);
            return;
        }

        var temporary = TemporaryName();
        var reserved = false;
        try
        {
            await WriteAsync(temporary, write, cancellationToken).ConfigureAwait(false);
            reserved = !_replace && Reserve();
            await commit().ConfigureAwait(false);
            Move(temporary);
        }
        catch
        {
            Remove(temporary);
            if (reserved)
                Remove(_path);
            throw;
        }
    }

    private string TemporaryName() =>
        Path.Combine(Path.GetDirectoryName(_path) ?? "", $".{Path.GetFileName(_path)}.{Path.GetRandomFileName()}");

    private async Task WriteAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            var stream = _create(path);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
                await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
                if (stream is FileStream file && !IsDevice(path))
                    file.Flush(flushToDisk: true);
                Length = IsDevice(path) ? null : stream.Length;
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    // Of several that write the same new file one gets its name; the others find out before they have done anything.
    private bool Reserve()
    {
        try
        {
            _create(_path).Dispose();
            return true;
        }
        catch (IOException) when (File.Exists(_path))
        {
            throw new CliException($"{_path} exists. Give --overwrite to replace it, or name another file with -o.")
            {
                ForTools = $"{_path} exists and is not replaced. Nothing was done; name a new file.",
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failed(e);
        }
    }

    private void Move(string temporary)
    {
        try
        {
            File.Move(temporary, _path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"{_path} cannot be written: {e.Message}", ExitCodes.Failed, e);
        }
    }

    private CliException Failed(Exception e) => e is DirectoryNotFoundException
        ? new CliException($"{_path} cannot be written: there is no such directory.", innerException: e)
        : new CliException($"{_path} cannot be written: {e.Message.TrimEnd('.')}. Nothing was changed.", ExitCodes.Failed, e);

    private static FileStream Create(string path, UnixFileMode? permissions)
    {
        if (IsDevice(path))
            return new FileStream(path, FileMode.Open, FileAccess.Write);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = permissions;
        return new FileStream(path, options);
    }

    private static UnixFileMode? Permissions(string? path) =>
        path is null || OperatingSystem.IsWindows() || !File.Exists(path) ? null : File.GetUnixFileMode(path) | UnixFileMode.UserWrite;

    // Devices and the pipes of process substitution cannot be replaced, only written to.
    public static bool IsDevice(string path) =>
        !OperatingSystem.IsWindows()
            && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal));

    private static void Remove(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first failure is the one to report.
        }
    }
}
