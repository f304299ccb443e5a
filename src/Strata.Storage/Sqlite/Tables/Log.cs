using Strata.Storage.Sqlite.Connections;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>The log of a session.</summary>
internal sealed class Log(Connection db, long session)
{
    /// <summary>The position of an append that was made before; null when it was not.</summary>
    public long? Find(string append)
    {
        using var find = db.Use("SELECT position FROM appends WHERE session = ?1 AND name = ?2");
        return find.Bind(1, session).Bind(2, append).Step() ? find.Int64(0) : null;
    }

    /// <summary>Adds originals; the position of the first.</summary>
    public long Append(IReadOnlyList<long> originals, string? append)
    {
        using var count = db.Use("UPDATE sessions SET log_count = log_count + ?2 WHERE id = ?1 RETURNING log_count");
        count.Bind(1, session).Bind(2, (long)originals.Count).Step();
        var position = count.Int64(0) - originals.Count;
        using var insert = db.Use("INSERT INTO log (session, position, original) VALUES (?1, ?2, ?3)");
        for (var i = 0; i < originals.Count; i++)
            insert.Bind(1, session).Bind(2, position + i).Bind(3, originals[i]).Run();
        if (append is not null)
        {
            using var note = db.Use("INSERT INTO appends (session, name, position) VALUES (?1, ?2, ?3)");
            note.Bind(1, session).Bind(2, append).Bind(3, position).Run();
        }

        return position;
    }

    /// <summary>Ids of originals, in order.</summary>
    public List<long> Read(long from, int? count)
    {
        var ids = new List<long>();
        using var find = db.Use("SELECT original FROM log WHERE session = ?1 AND position >= ?2 ORDER BY position LIMIT ?3");
        for (find.Bind(1, session).Bind(2, Math.Max(0, from)).Bind(3, (long)Math.Max(0, count ?? int.MaxValue)); find.Step();)
            ids.Add(find.Int64(0));
        return ids;
    }
}
