using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>Where the handles of one tenant lead.</summary>
internal sealed class Handles(Connection db, long tenant)
{
    public void Insert(long receipt, IReadOnlyList<ArchivedHandle> handles)
    {
        using var insert = db.Use("INSERT INTO handles (handle, receipt, number, content, positions) VALUES (?1, ?2, ?3, ?4, ?5)");
        for (var i = 0; i < handles.Count; i++)
        {
            var positions = new NumberWriter();
            positions.WriteRuns(handles[i].Positions);
            insert.Bind(1, handles[i].Handle.ToInt64()).Bind(2, receipt).Bind(3, (long)i).Bind(4, (long)handles[i].ContentIndex)
                .Bind(5, positions.Written).Run();
        }
    }

    public IReadOnlyList<HandlePlace> Find(Handle handle)
    {
        var places = new List<HandlePlace>();
        using var find = db.Use("""
            SELECT receipts.receipt, sessions.session, positions, content
            FROM handles JOIN receipts ON receipts.id = handles.receipt JOIN sessions ON sessions.id = receipts.session
            WHERE handle = ?1 AND receipts.tenant = ?2 ORDER BY handles.receipt DESC, number
            """);
        for (find.Bind(1, handle.ToInt64()).Bind(2, tenant); find.Step();)
            places.Add(new HandlePlace(find.Text(0), find.Text(1), new NumberReader(find.Bytes(2)).ReadRuns(), find.Int32(3)));
        return places;
    }
}
