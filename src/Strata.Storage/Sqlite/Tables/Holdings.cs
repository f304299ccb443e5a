using Strata.Storage.Sqlite.Connections;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>
/// Which originals a session holds. The first one to hold an original owns it; what a session owns is mostly a few long runs of ids, which
/// costs nothing per original.
/// </summary>
internal sealed class Holdings(Connection db, long session)
{
    private List<(long First, long Last)>? _spans;

    /// <summary>Notes that the session holds originals that were there before.</summary>
    public void Add(IEnumerable<long> ids)
    {
        using var insert = db.Use("INSERT OR IGNORE INTO shared (original, session) VALUES (?1, ?2)");
        foreach (var id in ids.Where(id => !Owns(id)))
            insert.Bind(1, id).Bind(2, session).Run();
    }

    /// <summary>Notes that the session owns originals that have just been written.</summary>
    public void Own(long first, long last)
    {
        using (var grow = db.Use("UPDATE spans SET last = ?3 WHERE session = ?1 AND first = (SELECT max(first) FROM spans WHERE session = "
            + "?1 AND first <= ?2) AND last = ?2 - 1"))
            grow.Bind(1, session).Bind(2, first).Bind(3, last).Run();
        if (db.Changes == 0)
        {
            using var insert = db.Use("INSERT INTO spans (session, first, last) VALUES (?1, ?2, ?3)");
            insert.Bind(1, session).Bind(2, first).Bind(3, last).Run();
        }

        _spans?.Add((first, last));
    }

    /// <summary>The runs of ids that the session owns.</summary>
    public IReadOnlyList<(long First, long Last)> Spans()
    {
        if (_spans is not null)
            return _spans;
        _spans = [];
        using var find = db.Use("SELECT first, last FROM spans WHERE session = ?1");
        for (find.Bind(1, session); find.Step();)
            _spans.Add((find.Int64(0), find.Int64(1)));
        return _spans;
    }

    /// <summary>The ids of the originals that the session holds and another one owns.</summary>
    public List<long> Shared()
    {
        var ids = new List<long>();
        using var find = db.Use("SELECT original FROM shared WHERE session = ?1");
        for (find.Bind(1, session); find.Step();)
            ids.Add(find.Int64(0));
        return ids;
    }

    private bool Owns(long id) => Spans().Any(span => span.First <= id && id <= span.Last);
}
