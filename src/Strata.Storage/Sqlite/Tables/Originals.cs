using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>Where an original stands.</summary>
internal readonly record struct OriginalRow(
    long Id, Fingerprint Fingerprint, long Block, int Start, int Length, uint Checksum, int Secrets, bool IsMade, long Session, long At);

/// <summary>The originals of one tenant.</summary>
internal sealed class Originals(Connection db, long tenant)
{
    private const string Columns = "SELECT id, fingerprint, block, start, length, checksum, secrets, made, session, at FROM originals ";

    private readonly Blocks _blocks = new(db, tenant);

    /// <summary>Null when there is none.</summary>
    public long? Find(Fingerprint fingerprint)
    {
        using var find = db.Use("SELECT id FROM originals WHERE tenant = ?1 AND fingerprint = ?2");
        return find.Bind(1, tenant).Bind(2, fingerprint).Step() ? find.Int64(0) : null;
    }

    /// <summary>The ids of those that are there.</summary>
    public Dictionary<Fingerprint, long> Find(IEnumerable<Fingerprint> fingerprints)
    {
        var found = new Dictionary<Fingerprint, long>();
        using var find = db.Use("SELECT id FROM originals WHERE tenant = ?1 AND fingerprint = ?2");
        foreach (var fingerprint in fingerprints)
        {
            if (find.Bind(1, tenant).Bind(2, fingerprint).Step())
                found[fingerprint] = find.Int64(0);
            find.Reset();
        }

        return found;
    }

    public OriginalRow? FindRow(Fingerprint fingerprint)
    {
        using var find = db.Use(Columns + "WHERE tenant = ?1 AND fingerprint = ?2");
        return find.Bind(1, tenant).Bind(2, fingerprint).Step() ? Row(find) : null;
    }

    public OriginalRow? FindRow(long id)
    {
        using var find = db.Use(Columns + "WHERE id = ?1 AND tenant = ?2");
        return find.Bind(1, id).Bind(2, tenant).Step() ? Row(find) : null;
    }

    /// <summary>Those whose own handle it is.</summary>
    public List<OriginalRow> FindRows(Handle message)
    {
        // The handle is the first 60 bits of the fingerprint.
        var high = (ulong)message.ToInt64() << 4;
        using var find = db.Use(Columns + "WHERE tenant = ?1 AND fingerprint BETWEEN ?2 AND ?3");
        return Rows(find.Bind(1, tenant).Bind(2, new Fingerprint(high, 0)).Bind(3, new Fingerprint(high | 0xf, ulong.MaxValue)));
    }

    /// <summary>The next ones after an id.</summary>
    public List<OriginalRow> RowsAfter(long id, int count)
    {
        using var find = db.Use(Columns + "WHERE id > ?1 AND tenant = ?2 ORDER BY id LIMIT ?3");
        return Rows(find.Bind(1, id).Bind(2, tenant).Bind(3, (long)count));
    }

    /// <summary>The names of originals by id.</summary>
    /// <exception cref="InvalidDataException">One is not there.</exception>
    public List<Fingerprint> Names(IReadOnlyList<long> ids)
    {
        var names = new List<Fingerprint>(ids.Count);
        using var find = db.Use("SELECT fingerprint FROM originals WHERE id = ?1 AND tenant = ?2");
        foreach (var id in ids)
        {
            names.Add(find.Bind(1, id).Bind(2, tenant).Step() ? find.Fingerprint(0)
                : throw new InvalidDataException($"the original {id} is missing"));
            find.Reset();
        }

        return names;
    }

    /// <summary>
    /// The texts of originals, in the order asked for; a block that several stand in is read once, and unpacked beside others.
    /// </summary>
    /// <exception cref="InvalidDataException">One is damaged.</exception>
    public ReadOnlyMemory<byte>[] Texts(IReadOnlyList<OriginalRow> rows)
    {
        var texts = new ReadOnlyMemory<byte>[rows.Count];
        var blocks = Enumerable.Range(0, rows.Count).GroupBy(i => rows[i].Block).ToList();
        var unpacked = _blocks.Read([.. blocks.Select(block => (block.Key, block.Max(i => rows[i].Start + rows[i].Length)))]);
        foreach (var (block, bytes) in blocks.Zip(unpacked))
        {
            foreach (var i in block)
            {
                texts[i] = bytes.AsMemory(rows[i].Start, rows[i].Length);
                if (Checksum.Of(texts[i].Span) != rows[i].Checksum)
                    throw new InvalidDataException(
                        $"the original {Handle.Of(rows[i].Fingerprint)} in block {rows[i].Block} has a wrong checksum");
            }
        }

        return texts;
    }

    public ArchivedOriginal[] Read(IReadOnlyList<OriginalRow> rows)
    {
        var texts = Texts(rows);
        return [.. rows.Select((row, i) => new ArchivedOriginal(row.Fingerprint, ArchiveCodec.Decode(texts[i].Span), row.Secrets))];
    }

    public long Insert(Fingerprint fingerprint, long block, PackedItem item, int secrets, bool isMade, long session, long at)
    {
        using var insert = db.Use(
            "INSERT INTO originals (tenant, fingerprint, block, start, length, checksum, secrets, made, session, at) VALUES (?1, ?2, ?3, "
                + "?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        insert.Bind(1, tenant).Bind(2, fingerprint).Bind(3, block).Bind(4, (long)item.Start).Bind(5, (long)item.Length)
            .Bind(6, (long)item.Checksum)
            .Bind(7, (long)secrets).Bind(8, isMade ? 1L : 0).Bind(9, session).Bind(10, at).Run();
        return db.LastId;
    }

    private static List<OriginalRow> Rows(Statement find)
    {
        var rows = new List<OriginalRow>();
        while (find.Step())
            rows.Add(Row(find));
        return rows;
    }

    private static OriginalRow Row(Statement row) => new(
        row.Int64(0), row.Fingerprint(1), row.Int64(2), row.Int32(3), row.Int32(4), (uint)row.Int64(5), row.Int32(6), row.Int32(7) != 0,
        row.Int64(8), row.Int64(9));
}
