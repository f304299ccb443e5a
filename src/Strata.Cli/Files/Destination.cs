using Strata.Formats;

namespace Strata.Cli.Files;

/// <summary>Where a compacted session goes.</summary>
internal sealed class Destination
{
    private readonly string? _input;
    private readonly string? _path;
    private readonly bool _replace;

    private Destination(string? input, string? path, ISessionFormat? format, bool replace = true)
    {
        _replace = replace;
        _input = input;
        _path = path;
        Format = format;
    }

    /// <summary>The format that was asked for; null for the one that is read.</summary>
    public ISessionFormat? Format { get; }

    public bool IsStandardOutput => _path is null;

    /// <summary>Null for standard output.</summary>
    public string? FilePath => _path;

    /// <summary>For people; <c>-</c> for standard output.</summary>
    public string Name => _path ?? SessionFile.Standard;

    /// <exception cref="CliException">The output would replace the input, or a file that was not named to be replaced.</exception>
    public static Destination Choose(string input, string? output, string? to, bool overwrite, string? session = null)
    {
        var format = to is null ? null : SessionFormats.Find(to);
        var source = input == SessionFile.Standard ? null : input;
        if (output == SessionFile.Standard || (output is null && source is null))
            return new Destination(source, path: null, format);
        var path = output ?? DefaultName(source!, format, session);
        return Choose(source, path, format, overwrite, isOurs: output is null && IsSession(path), isTyped: output is not null);
    }

    /// <summary>The input's own place: it is replaced.</summary>
    public static Destination InPlaceOf(string input) => new(input, input, format: null);

    /// <summary>A place for a session that is written whole: standard output, or a file that is never replaced unasked.</summary>
    /// <param name="input">The file that it was made from; null when there is none.</param>
    /// <param name="path">Where; <c>-</c> for standard output.</param>
    /// <param name="overwrite">Whether a file that stands there may be replaced.</param>
    public static Destination Choose(string? input, string path, bool overwrite) => path == SessionFile.Standard
        ? new Destination(input, path: null, format: null)
        : Choose(input, path, format: null, overwrite, isOurs: false, isTyped: true);

    private static Destination Choose(string? source, string path, ISessionFormat? format, bool overwrite, bool isOurs, bool isTyped)
    {
        if (source is not null && SameFile.Are(source, path))
            throw new CliException($"{path} is the input itself, which is never overwritten. Name another file with -o.");
        if (Directory.Exists(path))
            throw new CliException($"{path} is a directory. Name a file in it with -o.");
        if (!overwrite && !isOurs && File.Exists(path) && !OutputFile.IsDevice(path))
            throw new CliException($"{path} exists{(isTyped ? "" : " and is no session that an earlier run wrote")}. Give --overwrite to "
                + "replace it, or name another file with -o.");
        if (isTyped && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder))
            throw new CliException($"{path} cannot be written: there is no such directory. Make it, or name another file with -o.");
        return new Destination(source, path, format, replace: overwrite || isOurs || OutputFile.IsDevice(path));
    }

    /// <summary>
    /// Whether there is something to write. A pipe gets its session in any case but failure; so does whoever asked for another format.
    /// </summary>
    public bool IsWritten(CompactionOutcome outcome) => outcome switch
    {
        CompactionOutcome.Compacted => true,
        CompactionOutcome.Unchanged => IsStandardOutput || Format is not null,
        _ => false,
    };

    /// <summary>Finds out whether a file can be made there, before an archive is opened or a model is paid.</summary>
    /// <inheritdoc cref="OutputFile.CheckPlace"/>
    public void CheckPlace()
    {
        if (_path is not null)
            Output().CheckPlace();
    }

    /// <summary>Returns the bytes that were written; null where that is not known.</summary>
    public Task<long?> WriteAsync(Terminal terminal, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(terminal, write, () => Task.CompletedTask, cancellationToken);

    /// <summary>
    /// The same with a last step before it takes effect: where it fails there is no file, and where the file cannot be it is not taken.
    /// Before a pipe is written to, which cannot be taken back, it is done.
    /// </summary>
    public async Task<long?> WriteAsync(Terminal terminal, Func<Stream, Task> write, Func<Task> commit, CancellationToken cancellationToken)
    {
        if (_path is null)
        {
            await commit().ConfigureAwait(false);
            await WriteToPipeAsync(terminal.Output, write, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var file = Output();
        await file.WriteAsync(write, commit, cancellationToken).ConfigureAwait(false);
        return file.Length;
    }

    private OutputFile Output() => new(_path!, like: _input, replace: _replace);

    private static async Task WriteToPipeAsync(Stream output, Func<Stream, Task> write, CancellationToken cancellationToken)
    {
        try
        {
            await write(output).ConfigureAwait(false);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (!Terminal.IsBrokenPipe(e))
        {
            throw new CliException($"standard output cannot be written: {e.Message}", ExitCodes.Failed, e);
        }
    }

    // What an earlier run wrote under the default name is ours to replace; somebody's notes are not, nor what a link leads to.
    private static bool IsSession(string path)
    {
        if (!File.Exists(path) || new FileInfo(path).LinkTarget is not null)
            return false;
        using var file = InputFile.Open(path);
        var bytes = new byte[file.CanSeek ? Math.Min(file.Length, Array.MaxLength) : 0];
        return SessionFormats.Detect(bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false))) is not null;
    }

    // A database holds many sessions, each with an output of its own.
    private static string DefaultName(string input, ISessionFormat? format, string? session)
    {
        var isDatabase = ClientDatabase.Is(input);
        var extension = format?.FileExtension
            ?? (isDatabase ? SessionFormats.Find(OpenClawDatabase.Format)!.FileExtension : Path.GetExtension(input));
        var name = Path.GetFileNameWithoutExtension(input);
        if (isDatabase && session is not null)
            name += "." + string.Concat(session.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-'));
        return Path.Combine(Path.GetDirectoryName(input) ?? "", name + ".compacted" + extension);
    }
}
