using Microsoft.Data.Sqlite;
using Strata.Cli.Files;

namespace Strata.Cli.Clients;

/// <summary>
/// What Codex keeps of a session beside its file: its list of threads names the file by its full path, and its history remembers up to
/// which byte it has read it.
/// </summary>
internal static class CodexHistory
{
    private const string Threads = "state_*.sqlite";

    private const string Histories = "thread_history_*.sqlite";

    private static readonly string[] Projected = ["thread_items", "thread_turns", "thread_history_projection_state"];

    private static readonly string[] SessionFolders = ["sessions", "archived_sessions"];

    /// <summary>
    /// Forgets what was read of a file that was replaced, so that the next resumption reads it anew. Returns what the user should know, a
    /// sentence each.
    /// </summary>
    public static IReadOnlyList<string> Forget(string path, string thread)
    {
        var notes = new List<string>();
        foreach (var database in Databases(path, Histories))
        {
            try
            {
                if (DeleteRows(database, thread) > 0)
                    notes.Add($"Codex's own list of what was said ({database}) is made anew from the file at the next resumption.");
            }
            catch (SqliteException e)
            {
                notes.Add($"Codex's own list of what was said ({database}) could not be reset, so Codex may show the old one: "
                    + $"{e.Message.TrimEnd('.')}. Close Codex, then delete the rows of the thread {thread} from "
                    + $"{string.Join(", ", Projected)}. What it sends to the model is right all the same.");
            }
        }

        foreach (var database in Databases(path, Threads))
        {
            try
            {
                if (PathOf(database, thread) is { } resumed && resumed != path)
                    notes.Add($"Codex resumes {resumed}, not this file: its list of threads ({database}) names that one.");
            }
            catch (SqliteException)
            {
                // Whose file it resumes is only not said.
            }
        }

        return notes;
    }

    private static int DeleteRows(string database, string thread)
    {
        using var connection = ClientDatabase.Open(database, SqliteOpenMode.ReadWrite);
        using var transaction = connection.BeginTransaction();
        var rows = 0;
        foreach (var table in Projected.Where(table => connection.Has(table, "thread_id")))
        {
            using var delete = connection.Command($"DELETE FROM {table} WHERE thread_id = $0", thread);
            rows += delete.ExecuteNonQuery();
        }

        transaction.Commit();
        return rows;
    }

    private static string? PathOf(string database, string thread)
    {
        using var connection = ClientDatabase.Open(database, SqliteOpenMode.ReadOnly);
        using var command = connection.Command("SELECT rollout_path FROM threads WHERE id = $0", thread);
        return command.ExecuteScalar() as string;
    }

    private static string[] Databases(string path, string pattern)
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (SessionFolders.Contains(Path.GetFileName(folder)) && Path.GetDirectoryName(folder) is { } home)
                return Directory.GetFiles(home, pattern);
        }

        return [];
    }
}
