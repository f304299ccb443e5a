using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Staging;

/// <summary>The session files of one tenant, in pieces that a file shares with what it was before.</summary>
internal sealed class Documents(Connection db, long tenant)
{
    /// <summary>Ids of the pieces that are there.</summary>
    public Dictionary<Fingerprint, long> Find(IEnumerable<Fingerprint> pieces)
    {
        var found = new Dictionary<Fingerprint, long>();
        using var find = db.Use("SELECT id FROM pieces WHERE tenant = ?1 AND fingerprint = ?2");
        foreach (var piece in pieces)
        {
            if (find.Bind(1, tenant).Bind(2, piece).Step())
                found[piece] = find.Int64(0);
            find.Reset();
        }

        return found;
    }

    /// <summary>Writes a file whose blocks are written; its id.</summary>
    public long Insert(StagedDocument document, IReadOnlyList<long> blocks)
    {
        var ids = Find(document.Pieces);
        using (var insert =
            db.Use("INSERT INTO pieces (tenant, fingerprint, block, start, length, checksum) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"))
        {
            foreach (var (fingerprint, item, _) in document.Fresh.Where(piece => !ids.ContainsKey(piece.Fingerprint)))
            {
                insert.Bind(1, tenant).Bind(2, fingerprint).Bind(3, blocks[item.Block]).Bind(4, (long)item.Start).Bind(5, (long)item.Length)
                    .Bind(6, (long)item.Checksum).Run();
                ids[fingerprint] = db.LastId;
            }
        }

        var pieces = new NumberWriter();
        pieces.Write(document.Pieces.Count);
        foreach (var piece in document.Pieces)
            pieces.WriteNear(ids.TryGetValue(piece, out var id) ? id : throw new StaleStagingException());
        using var write = db.Use("INSERT INTO documents (format, name, length, pieces) VALUES (?1, ?2, ?3, ?4)");
        write.Bind(1, document.Format).Bind(2, document.Name).Bind(3, (long)document.Length).Bind(4, pieces.Written).Run();
        return db.LastId;
    }

    /// <summary>The file that a compaction was given; null when it was given none.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ArchivedDocument? Read(string receipt)
    {
        using var find = db.Use(
            "SELECT format, name, length, pieces FROM documents JOIN receipts ON receipts.document = documents.id WHERE receipts.tenant = "
                + "?1 AND receipt = ?2");
        if (!find.Bind(1, tenant).Bind(2, receipt).Step())
            return null;
        var bytes = new MemoryStream(find.Int32(2));
        var (block, text) = (0L, Array.Empty<byte>());
        using var where = db.Use("""
            SELECT pieces.block, start, pieces.length, checksum, blocks.length FROM pieces JOIN blocks ON blocks.id = pieces.block
                WHERE pieces.id = ?1 AND pieces.tenant = ?2
            """);
        foreach (var piece in PiecesOf(find.Bytes(3)))
        {
            if (!where.Bind(1, piece).Bind(2, tenant).Step())
                throw new InvalidDataException($"the piece {piece} of the session file of receipt {receipt} is missing");
            if (where.Int64(0) != block)
                (block, text) = (where.Int64(0), new Blocks(db, tenant).Read(where.Int64(0), where.Int32(4)));
            var (start, length) = (where.Int32(1), where.Int32(2));
            if (start < 0 || length < 0 || (long)start + length > text.Length
                || Checksum.Of(text.AsSpan(start, length)) != (uint)where.Int64(3))
                throw new InvalidDataException($"the piece {piece} of the session file of receipt {receipt} has a wrong checksum");
            bytes.Write(text, start, length);
            where.Reset();
        }

        return new ArchivedDocument(find.Text(0), find.TextOrNull(1), bytes.ToArray());
    }

    public static List<long> PiecesOf(ReadOnlySpan<byte> list)
    {
        var numbers = new NumberReader(list);
        var pieces = new List<long>();
        for (var count = numbers.ReadCount(); count > 0; count--)
            pieces.Add(numbers.ReadNear());
        return pieces;
    }
}
