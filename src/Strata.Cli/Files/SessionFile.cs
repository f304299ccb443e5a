using Strata.Cli.Archives;
using Strata.Formats;

namespace Strata.Cli.Files;

/// <summary>A session that was read from a file or from standard input.</summary>
/// <param name="Name">For people: the path as it was typed, or <c>standard input</c>.</param>
/// <param name="Path">Null for standard input.</param>
/// <param name="Format">The format that read it.</param>
/// <param name="Document">What was read.</param>
internal sealed record SessionFile(string Name, string? Path, ISessionFormat Format, SessionDocument Document)
{
    /// <summary>What users type for standard input and output.</summary>
    public const string Standard = "-";

    /// <summary>The whole file; null unless it was asked for.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    /// <summary>Reads bytes that were a session file.</summary>
    public static async ValueTask<SessionFile> ReadAsync(
        string name, ISessionFormat format, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(bytes.ToArray(), writable: false);
        return new SessionFile(
            name, Path: null, format, await format.ReadAsync(stream, cancellationToken).ConfigureAwait(false)) { Bytes = bytes };
    }

    /// <summary>Reads to the end.</summary>
    /// <exception cref="CliException">It cannot be read, or not as a session: the message names the place and the way out.</exception>
    public static ValueTask<SessionFile> ReadAsync(string file, string? format, Terminal terminal, CancellationToken cancellationToken) =>
        ReadAsync(file, format, terminal, keepBytes: false, cancellationToken);

    /// <summary>
    /// Reads to the end and with <paramref name="keepBytes"/> keeps <see cref="Bytes"/>. In a database <paramref name="session"/> names the
    /// session.
    /// </summary>
    /// <inheritdoc cref="ReadAsync(string, string?, Terminal, CancellationToken)"/>
    public static async ValueTask<SessionFile> ReadAsync(
        string file, string? format, Terminal terminal, bool keepBytes, CancellationToken cancellationToken, string? session = null)
    {
        var read = await ReadAllAsync(file, format, terminal, keepBytes, session, cancellationToken).ConfigureAwait(false);
        WrittenSummaries.Recognize(read.Document.Messages, terminal);
        return read;
    }

    private static async ValueTask<SessionFile> ReadAllAsync(
        string file, string? format, Terminal terminal, bool keepBytes, string? session, CancellationToken cancellationToken)
    {
        var path = file == Standard ? null : file;
        if (path is not null && ClientDatabase.Is(path))
        {
            return await ReadAsync(
                path, SessionFormats.Find(format ?? OpenClawDatabase.Format)!, OpenClawDatabase.Read(path, session).Lines,
                cancellationToken)
                .ConfigureAwait(false) with { Path = path };
        }

        if (session is not null)
            throw new CliException($"--session names a session in a database, and {path ?? "standard input"} is none. Leave it out.");
        var name = path ?? "standard input";
        var stream = path is null ? terminal.Input : InputFile.Open(path);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                if (!keepBytes)
                    return await ReadAsync(name, path, format, stream, cancellationToken).ConfigureAwait(false);
                using var whole = new MemoryStream();
                await stream.CopyToAsync(whole, cancellationToken).ConfigureAwait(false);
                whole.Position = 0;
                return await ReadAsync(name, path, format, whole, cancellationToken).ConfigureAwait(false) with { Bytes = whole.ToArray() };
            }
            catch (SessionFormatException e)
            {
                throw new CliException($"{name}: {e.Message}", innerException: e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException($"{name} cannot be read: {e.Message}", innerException: e);
            }
        }
    }

    private static async ValueTask<SessionFile> ReadAsync(
        string name, string? path, string? formatName, Stream stream, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        if (!stream.CanSeek)
        {
            await stream.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            (stream, copy.Position) = (copy, 0);
        }

        var start = new byte[Math.Min(stream.Length, SessionFormats.HeadLength)];
        if (start.Length == 0)
            throw new CliException($"{name} is empty: there is no session in it.");
        var detection = await SessionFormats.DetectAsync(stream, cancellationToken).ConfigureAwait(false);
        stream.Position = 0;
        if (formatName is null && detection.Format is null)
        {
            await stream.ReadExactlyAsync(start, cancellationToken).ConfigureAwait(false);
            throw new UnrecognizedSessionException($"{name}: {Unrecognized(start, detection.Hint, "--format")}")
            {
                ForTools = $"{name}: {Unrecognized(start, detection.Hint, "'format'")}",
            };
        }

        var detected = detection.Format;
        var format = formatName is null ? detected! : SessionFormats.Find(formatName)!;
        try
        {
            var document = await format.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            return new SessionFile(name, path, format, document);
        }
        catch (SessionFormatException e) when (detected is not null && detected.Name != format.Name)
        {
            throw new CliException(
                $"{name} is not {format.Name}: {e.Message} It looks like {detected.Name}; leave --format out.", innerException: e)
            {
                ForTools = $"{name} is not {format.Name}: {e.Message} It looks like {detected.Name}; leave 'format' out.",
            };
        }
    }

    private static string Unrecognized(ReadOnlySpan<byte> head, string? hint, string option)
    {
        var known = string.Join(", ", SessionFormats.All.Select(format => format.Name));
        if (head.Contains((byte)0))
            return "this is a binary file, not a session. A session is JSON or JSON lines.";
        var start = head.TrimStart(" \t\r\n\uFEFF"u8);
        return start.IsEmpty || start[0] is not ((byte)'{' or (byte)'[')
            ? $"not JSON, so not a session. Known formats: {known}."
            : $"JSON, but no session format is recognized. {hint ?? $"Name it with {option}: {known}."}";
    }
}
