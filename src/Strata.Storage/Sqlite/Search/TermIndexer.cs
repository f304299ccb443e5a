using Strata.Archives;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Sqlite.Tables;

namespace Strata.Storage.Sqlite.Search;

/// <summary>
/// Brings the full-text index up to what was kept. A commit does not wait for it; a search does. How far it is stands in the same file and
/// changes in the same transaction, so a crash loses nothing but the work of one batch.
/// </summary>
internal sealed class TermIndexer(Database database, long tenant)
{
    // A batch holds the file for some ten milliseconds, then others may write.
    private const int BatchCount = 256;

    /// <param name="most">Originals after which it stops.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    public async ValueTask CatchUpAsync(int most, CancellationToken cancellationToken)
    {
        for (var done = 0; done < most;)
        {
            var batch = await database.ReadAsync(ReadBatch, cancellationToken).ConfigureAwait(false);
            if (batch.To == batch.From)
                return;
            await database.WriteAsync(db => Write(db, batch), cancellationToken).ConfigureAwait(false);
            done += BatchCount;
        }
    }

    /// <summary>What the index holds of an original; null where it cannot be read.</summary>
    public static string? CodesOf(Originals originals, OriginalRow row)
    {
        try
        {
            return Codes(originals.Texts([row])[0]);
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            return null;
        }
    }

    private static string Codes(ReadOnlyMemory<byte> text) => TermCode.Of(SearchTerms.Of(SearchText.Of(ArchiveCodec.Decode(text.Span))));

    private Batch ReadBatch(Connection db)
    {
        var originals = new Originals(db, tenant);
        var (from, newest) = (IndexedUpTo(db), db.Number("SELECT max(id) FROM originals"));
        if (newest <= from)
            return new Batch(from, from, []);
        var rows = originals.RowsAfter(from, BatchCount);
        var texts = ReadTexts(originals, rows);
        return new Batch(from, rows.Count < BatchCount ? newest : rows[^1].Id, texts);
    }

    private static List<(long, string)> ReadTexts(Originals originals, List<OriginalRow> rows)
    {
        rows.RemoveAll(row => row.IsMade);
        try
        {
            return [.. originals.Texts(rows).Select((text, i) => (rows[i].Id, Codes(text)))];
        }
        catch (Exception e) when (e is InvalidDataException or FormatException)
        {
            // One is damaged: the others are found all the same, and the doctor names it.
            return [.. rows.Select(row => (row.Id, CodesOf(originals, row))).Where(one => one.Item2 is not null)
                .Select(one => (one.Id, one.Item2!))];
        }
    }

    private bool Write(Connection db, Batch batch)
    {
        if (IndexedUpTo(db) != batch.From)
            return false;
        using (var insert = db.Use($"INSERT INTO {TermTable.NameOf(tenant)} (rowid, words) VALUES (?1, ?2)"))
        {
            foreach (var (id, words) in batch.Texts)
                insert.Bind(1, id).Bind(2, words).Run();
        }

        using var mark = db.Use("UPDATE tenants SET indexed = ?2 WHERE id = ?1");
        mark.Bind(1, tenant).Bind(2, batch.To).Run();
        return true;
    }

    private long IndexedUpTo(Connection db)
    {
        using var find = db.Use("SELECT indexed FROM tenants WHERE id = ?1");
        return find.Bind(1, tenant).Step() ? find.Int64(0) : 0;
    }

    private sealed record Batch(long From, long To, IReadOnlyList<(long Id, string Words)> Texts);
}
