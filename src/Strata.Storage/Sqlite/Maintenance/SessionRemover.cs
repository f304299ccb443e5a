using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Sqlite.Search;
using Strata.Storage.Sqlite.Staging;
using Strata.Storage.Sqlite.Tables;

namespace Strata.Storage.Sqlite.Maintenance;

/// <summary>Removes whole sessions, within a transaction. What other sessions hold stays, and one of them owns it from then on.</summary>
internal sealed class SessionRemover(Connection db, long tenant)
{
    private readonly Originals _originals = new(db, tenant);

    /// <summary>Originals that nobody holds any more and that are gone.</summary>
    public long Removed { get; private set; }

    /// <param name="session">Its row.</param>
    /// <param name="keepIndex">Leaves the full-text index as it is: for a trial that is taken back.</param>
    public void Remove(long session, bool keepIndex)
    {
        Run("DELETE FROM shared WHERE session = ?1", session);
        foreach (var (first, last) in new Holdings(db, session).Spans())
        {
            foreach (var row in Owned(first, last))
            {
                if (!HandOver(row.Id))
                    Remove(row, keepIndex);
            }
        }

        foreach (var sql in (ReadOnlySpan<string>)
            [
                "DELETE FROM spans WHERE session = ?1", "DELETE FROM log WHERE session = ?1", "DELETE FROM appends WHERE session = ?1",
                "DELETE FROM documents WHERE id IN (SELECT document FROM receipts WHERE session = ?1)",
                "DELETE FROM receipts WHERE session = ?1", "DELETE FROM sessions WHERE id = ?1",
            ])
        {
            Run(sql, session);
        }
    }

    /// <summary>Removes what nothing refers to: handles, pieces, blocks. How many rows.</summary>
    public int Sweep()
    {
        db.Execute("DELETE FROM handles WHERE receipt NOT IN (SELECT id FROM receipts)");
        var swept = db.Changes;
        var pieces = PiecesInUse();
        using (var find = db.Use("SELECT id FROM pieces WHERE tenant = ?1"))
        {
            var unused = new List<long>();
            for (find.Bind(1, tenant); find.Step();)
            {
                if (!pieces.Contains(find.Int64(0)))
                    unused.Add(find.Int64(0));
            }

            foreach (var piece in unused)
                Run("DELETE FROM pieces WHERE id = ?1", piece);
            swept += unused.Count;
        }

        Run("DELETE FROM blocks WHERE tenant = ?1 AND id NOT IN (SELECT block FROM originals WHERE tenant = ?1 UNION SELECT block FROM "
            + "pieces WHERE tenant = ?1)", tenant);
        swept += db.Changes;
        // Whoever looked up ids before has to look again.
        Run("UPDATE tenants SET prunes = prunes + 1 WHERE id = ?1", tenant);
        return swept;
    }

    private HashSet<long> PiecesInUse()
    {
        var pieces = new HashSet<long>();
        using var find =
            db.Use("SELECT documents.pieces FROM documents JOIN receipts ON receipts.document = documents.id WHERE receipts.tenant = ?1");
        for (find.Bind(1, tenant); find.Step();)
            pieces.UnionWith(Documents.PiecesOf(find.Bytes(0)));
        return pieces;
    }

    private List<OriginalRow> Owned(long first, long last)
    {
        var rows = new List<OriginalRow>();
        for (var id = first - 1; id < last && _originals.RowsAfter(id, 1_000) is { Count: > 0 } next; id = next[^1].Id)
            rows.AddRange(next.Where(row => row.Id <= last));
        return rows;
    }

    private bool HandOver(long original)
    {
        long heir;
        using (var find = db.Use("SELECT session FROM shared WHERE original = ?1 LIMIT 1"))
        {
            if (!find.Bind(1, original).Step())
                return false;
            heir = find.Int64(0);
        }

        using (var give = db.Use("UPDATE originals SET session = ?2 WHERE id = ?1"))
            give.Bind(1, original).Bind(2, heir).Run();
        using (var unshare = db.Use("DELETE FROM shared WHERE original = ?1 AND session = ?2"))
            unshare.Bind(1, original).Bind(2, heir).Run();
        new Holdings(db, heir).Own(original, original);
        return true;
    }

    private void Remove(OriginalRow row, bool keepIndex)
    {
        if (!keepIndex && !row.IsMade && row.Id <= db.Number($"SELECT indexed FROM tenants WHERE id = {tenant}")
            && TermIndexer.CodesOf(_originals, row) is { } codes)
        {
            // A contentless index forgets only what it is told again.
            using var forget =
                db.Use($"INSERT INTO {TermTable.NameOf(tenant)} ({TermTable.NameOf(tenant)}, rowid, words) VALUES ('delete', ?1, ?2)");
            forget.Bind(1, row.Id).Bind(2, codes).Run();
        }

        Run("DELETE FROM originals WHERE id = ?1", row.Id);
        Removed++;
    }

    private void Run(string sql, long value)
    {
        using var statement = db.Use(sql);
        statement.Bind(1, value).Run();
    }
}
