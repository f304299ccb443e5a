using Strata.Archives;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;

namespace Strata.Storage.Sqlite.Maintenance;

/// <summary>What of a doctor's findings can be mended without losing an original, and the checks that need to write.</summary>
internal static class Mending
{
    /// <summary>Whether the full-text index holds together. SQLite has it checked by a write that changes nothing.</summary>
    public static bool IsIndexSound(Connection db, long tenant)
    {
        try
        {
            db.Execute($"INSERT INTO {TermTable.NameOf(tenant)} ({TermTable.NameOf(tenant)}) VALUES ('integrity-check')");
            return true;
        }
        catch (ArchiveException)
        {
            return false;
        }
    }

    /// <summary>Empties the index; what it held is indexed again like what is new.</summary>
    public static bool EmptyIndex(Connection db, long tenant)
    {
        db.Execute($"DROP TABLE {TermTable.NameOf(tenant)}");
        db.Execute(TermTable.Create(tenant));
        using var mark = db.Use("UPDATE tenants SET indexed = 0 WHERE id = ?1");
        mark.Bind(1, tenant).Run();
        return true;
    }

    /// <summary>Removes what nothing refers to.</summary>
    public static bool Sweep(Connection db, long tenant)
    {
        db.Execute("DELETE FROM shared WHERE original NOT IN (SELECT id FROM originals) OR session NOT IN (SELECT id FROM sessions)");
        new SessionRemover(db, tenant).Sweep();
        return true;
    }
}
