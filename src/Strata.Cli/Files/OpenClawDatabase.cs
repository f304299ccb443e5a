using System.Buffers;
using Microsoft.Data.Sqlite;
using Strata.Settings;
using ZstdSharp;

namespace Strata.Cli.Files;

/// <summary>
/// The database of an OpenClaw agent (<c>openclaw-agent.sqlite</c>): each session is a list of pi's entries, the larger ones packed by
/// zstd.
/// </summary>
internal static class OpenClawDatabase
{
    /// <summary>The format that its entries are in.</summary>
    public const string Format = "pi";

    // OpenClaw's own limit of an entry, in bytes.
    private const int LargestEntry = 4_194_304;

    private const string Sessions = """
        SELECT w.session_key, w.session_id, coalesce(w.model, ''), w.updated_at, count(e.seq),
            coalesce(n.current_session_id = w.session_id, 0)
        FROM session_windows w
        LEFT JOIN session_nodes n ON n.session_key = w.session_key
        LEFT JOIN transcript_events e ON e.session_id = w.session_id
        GROUP BY w.session_id
        ORDER BY w.updated_at DESC, w.session_id
        """;

    private const string Entries = "SELECT event_json, event_zstd FROM transcript_events WHERE session_id = $0 ORDER BY seq";

    /// <summary>Its sessions, the last used first.</summary>
    /// <exception cref="CliException">It is no such database, or it cannot be read.</exception>
    public static IReadOnlyList<OpenClawSession> List(string path) => Read(path, List);

    /// <summary>The entries of a session, a line each, as pi has them in its files.</summary>
    /// <param name="path">The database.</param>
    /// <param name="session">Its key or its id; null where there is only one.</param>
    /// <exception cref="CliException">It is no such database, it cannot be read, or it does not say which session is meant.</exception>
    public static (OpenClawSession Session, ReadOnlyMemory<byte> Lines) Read(string path, string? session) => Read(path, connection =>
    {
        var found = Choose(List(connection), session, path);
        return (found, Lines(connection, found, path));
    });

    private static T Read<T>(string path, Func<SqliteConnection, T> read)
    {
        try
        {
            using var connection = ClientDatabase.Open(path, SqliteOpenMode.ReadOnly);
            if (!connection.Has("session_windows", "session_key") || !connection.Has("transcript_events", "event_zstd"))
                throw new CliException($"{path}: a SQLite database, but not one of OpenClaw's sessions (openclaw-agent.sqlite). "
                    + "Other sessions are JSON or JSON lines.");
            return read(connection);
        }
        catch (SqliteException e)
        {
            throw new CliException($"{path} cannot be read: {e.Message}", innerException: e);
        }
    }

    private static List<OpenClawSession> List(SqliteConnection connection)
    {
        using var command = connection.Command(Sessions);
        using var reader = command.ExecuteReader();
        var sessions = new List<OpenClawSession>();
        while (reader.Read())
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(3));
            sessions.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), at, reader.GetInt32(4), reader.GetBoolean(5)));
        }

        return sessions;
    }

    // A key has one session at a time, and those before it.
    private static OpenClawSession Choose(List<OpenClawSession> sessions, string? wanted, string path)
    {
        var found = wanted is null
            ? sessions.Count == 1 ? sessions[0] : null
            : sessions.Find(session => session.Id == wanted)
                ?? sessions.Where(session => session.Key == wanted).OrderByDescending(session => session.IsCurrent).FirstOrDefault();
        if (found is not null)
            return found;
        var keys = sessions.Select(session => session.Key).Distinct(StringComparer.Ordinal).ToList();
        if (wanted is not null && keys.Count > 0)
            throw new CliException($"{path}: --session: {NearestName.Unknown("session", wanted, keys)}");
        throw new CliException(keys.Count == 0 ? $"{path} holds no session."
            : $"{path} holds {Output.Numbers.Of(sessions.Count, "session")}. Name one with --session: {string.Join(", ", keys.Take(20))}. "
                + "'strata sessions --in FILE' lists them all.");
    }

    private static ReadOnlyMemory<byte> Lines(SqliteConnection connection, OpenClawSession session, string path)
    {
        using var command = connection.Command(Entries, session.Id);
        using var reader = command.ExecuteReader();
        using var unpacker = new Decompressor();
        var lines = new ArrayBufferWriter<byte>();
        while (reader.Read())
        {
            if (reader.IsDBNull(0))
                lines.Write(Unpack(unpacker, reader.GetFieldValue<byte[]>(1), path));
            else
                lines.Write(System.Text.Encoding.UTF8.GetBytes(reader.GetString(0)));
            lines.Write("\n"u8);
        }

        return lines.WrittenCount > 0 ? lines.WrittenMemory
            : throw new CliException($"{path}: the session {session.Key} ({session.Id}) has no entries here. OpenClaw moves those of old "
                + "sessions into files of its own; open the session in OpenClaw once.");
    }

    private static ReadOnlySpan<byte> Unpack(Decompressor unpacker, byte[] packed, string path)
    {
        try
        {
            return unpacker.Unwrap(packed, LargestEntry);
        }
        catch (ZstdException e)
        {
            throw new CliException($"{path}: an entry of the session is damaged: {e.Message}", innerException: e);
        }
    }
}

/// <summary>A session in such a database.</summary>
/// <param name="Key">What OpenClaw calls the conversation, e.g. <c>agent:main:main</c>.</param>
/// <param name="Id">The id of the session; a key gets a new one at each reset.</param>
/// <param name="Model">The model that was used last; empty where that is not known.</param>
/// <param name="At">When it was used last.</param>
/// <param name="Entries">Its entries, those that are no messages included.</param>
/// <param name="IsCurrent">Whether it is the one that its key goes on with.</param>
internal sealed record OpenClawSession(string Key, string Id, string Model, DateTimeOffset At, int Entries, bool IsCurrent);
